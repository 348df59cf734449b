"""Files that people hand over in a browser, kept no longer than it takes to read them."""

from __future__ import annotations

import re
import shutil
import tempfile
import weakref
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from zoning.errors import InputError
from zoning.i18n.catalogue import tr

MAX_NAME = 120
FOLDER = "uploads"


@dataclass(frozen=True)
class Upload:
    """A file as it was handed over.

    Attributes
    ----------
    file : Path
        Where it lies; its folder is this upload's own.
    name : str
        Its name for people.
    content_hash : str
        SHA-256 of its bytes.
    size_bytes : int
        Its length.
    """

    file: Path
    name: str
    content_hash: str
    size_bytes: int

    def told(self, sentence: str) -> str:
        """Return a sentence about the file with its own name instead of where it lies."""
        return sentence.replace(str(self.file), self.name)


class UploadShelf:
    """The folder in which uploads lie; whoever holds one should `drop` it.

    Case files name persons: what an earlier process left behind is removed at once.

    Parameters
    ----------
    var_dir : Path
        Folder of variable data.
    """

    def __init__(self, var_dir: Path) -> None:
        self._folder = var_dir / FOLDER
        shutil.rmtree(self._folder, ignore_errors=True)

    def put(self, name: str, content: bytes) -> Upload:
        """Keep a file.

        Raises
        ------
        InputError
            If there is no room for it.
        """
        plain = _plain(name)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            folder = Path(tempfile.mkdtemp(dir=self._folder))
            file = folder / plain
            file.write_bytes(content)
        except OSError as fault:
            raise InputError(
                tr("{file} can't be kept here: {fault}.", file=plain, fault=fault.strerror)
            ) from fault
        upload = Upload(file, plain, sha256(content).hexdigest(), len(content))
        # Whoever closes the browser drops nothing; then it goes with the session that held it.
        weakref.finalize(upload, shutil.rmtree, folder, ignore_errors=True)
        return upload

    def drop(self, upload: Upload) -> None:
        """Remove a file."""
        shutil.rmtree(upload.file.parent, ignore_errors=True)


def _plain(name: str) -> str:
    """Return the last part of a name, without what a file system or a message trips over."""
    last = re.split(r"[\\/]", name)[-1]
    plain = re.sub(r"[\x00-\x1f\x7f]", "", last).strip().lstrip(".")
    if not plain:
        return "upload"
    suffix = Path(plain).suffix[:MAX_NAME]
    return plain if len(plain) <= MAX_NAME else plain[: MAX_NAME - len(suffix)] + suffix
