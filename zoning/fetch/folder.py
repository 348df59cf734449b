"""The folder of fetched files: what lies where, written whole, by one at a time.

For a source `kolkata-wards`:

- `kolkata-wards.geojson`: the file; there complete or not at all
- `kolkata-wards.geojson.fetched.json`: its receipt: from where, when, with which checksum
- `kolkata-wards.geojson.part` and `.part.json`: what came so far, and of which version
- `kolkata-wards.changed.geojson`: another content, waiting for someone's word
- `kolkata-wards.refused.geojson`: a content that isn't the one the catalogue promises
- `kolkata-wards.mapping.toml`: how the file is to be read
"""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from zoning.errors import FetchError, OutputError
from zoning.fetch.catalogue import BoundarySource
from zoning.i18n.catalogue import tr

_SUFFIX = re.compile(r"\.[a-z0-9]{1,10}")


@dataclass(frozen=True)
class Places:
    """Where the file of a source and what belongs to it lie in a folder."""

    folder: Path
    name: str
    suffix: str

    @classmethod
    def of(cls, source: BoundarySource, folder: Path) -> Places:
        """Return the places of a source; the file keeps the suffix of its address."""
        suffix = Path(urlsplit(source.address).path).suffix.lower()
        has_suffix = _SUFFIX.fullmatch(suffix) and not source.is_page
        return cls(folder, source.name, suffix if has_suffix else "")

    @property
    def file(self) -> Path:
        """The file itself."""
        return self.folder / f"{self.name}{self.suffix}"

    @property
    def receipt(self) -> Path:
        """What is known of it."""
        return self.folder / f"{self.file.name}.fetched.json"

    @property
    def part(self) -> Path:
        """What came so far."""
        return self.folder / f"{self.file.name}.part"

    @property
    def part_note(self) -> Path:
        """Of which version that is."""
        return self.folder / f"{self.file.name}.part.json"

    @property
    def changed(self) -> Path:
        """Another content than the one that lies there."""
        return self.folder / f"{self.name}.changed{self.suffix}"

    @property
    def refused(self) -> Path:
        """A content that isn't the promised one."""
        return self.folder / f"{self.name}.refused{self.suffix}"

    @property
    def mapping(self) -> Path:
        """How the file is to be read."""
        return self.folder / f"{self.name}.mapping.toml"

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        """Keep a second fetch out of the folder; two would write one part.

        A folder made for nothing is taken away again.

        Raises
        ------
        FetchError
            If a fetch is under way there.
        OutputError
            If the folder can't be made or written.
        """
        is_new = not self.folder.exists()
        with writing(self.folder):
            self.folder.mkdir(parents=True, exist_ok=True)
        try:
            with _locked(self.folder) as is_ours:
                if not is_ours:
                    raise FetchError(
                        tr(
                            "Something is being fetched into {folder} already; wait until that "
                            "has ended.",
                            folder=self.folder,
                        )
                    )
                yield
        finally:
            if is_new:
                with contextlib.suppress(OSError):
                    self.folder.rmdir()

    def discard_part(self) -> None:
        """Forget what came so far."""
        with writing(self.folder):
            # The note first: a part without note is never gone on with.
            self.part_note.unlink(missing_ok=True)
            self.part.unlink(missing_ok=True)


def write_text(path: Path, text: str) -> None:
    """Write a small file so that it is there complete or not at all.

    Raises
    ------
    OutputError
        If the folder can't be written.
    """
    draft = path.with_name(f".{path.name}.draft")
    with writing(path.parent):
        with draft.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)


@contextlib.contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Turn what the machine says of a folder that can't be written into one sentence."""
    try:
        yield
    except OSError as fault:
        raise OutputError(
            tr(
                "The folder {folder} can't be written ({reason}); free some space, or name "
                "another folder with --to.",
                folder=folder,
                reason=fault.strerror or type(fault).__name__,
            )
        ) from fault


@contextlib.contextmanager
def _locked(folder: Path) -> Iterator[bool]:
    """Lock a folder for this process, if it is free; the lock goes when the process does."""
    try:
        import fcntl
    except ImportError:  # not on Windows, where two fetches at once stay the user's matter
        yield True
        return
    with writing(folder):
        descriptor = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            is_ours = True
        except BlockingIOError:
            is_ours = False
        yield is_ours
    finally:
        os.close(descriptor)
