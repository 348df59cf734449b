"""Results kept on disk by the hash of what they were made from.

A key names a content, so a file never goes stale and is never rewritten;
deleting the folder costs time and nothing else.
"""

from __future__ import annotations

import contextlib
import os
import re
import tempfile
from collections.abc import Callable
from pathlib import Path

from zoning.errors import StoreError
from zoning.i18n.catalogue import tr

_KEY = re.compile(r"[0-9a-f]{16,64}")


class ContentCache:
    """One folder of files named by content hash.

    Parameters
    ----------
    folder : Path
        Made when first written to.
    suffix : str
        Ending of the files, such as `.json.gz`.
    """

    def __init__(self, folder: Path, suffix: str) -> None:
        self.folder = folder
        self.suffix = suffix

    def path(self, key: str) -> Path | None:
        """Return the file of a key; None if the text is no hash, as in `../x`."""
        return self.folder / f"{key}{self.suffix}" if _KEY.fullmatch(key) else None

    def get(self, key: str) -> bytes | None:
        """Return what is kept under a key, or None."""
        path = self.path(key)
        if path is None:
            return None
        with contextlib.suppress(FileNotFoundError):
            return path.read_bytes()
        return None

    def get_or_make(self, key: str, make: Callable[[], bytes]) -> bytes:
        """Return what is kept under a key, made and kept if it is not there.

        Raises
        ------
        StoreError
            If the folder can't be written.
        """
        kept = self.get(key)
        if kept is not None:
            return kept
        made = make()
        path = self.path(key)
        if path is None:
            raise ValueError(f"{key!r} is no content hash")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            # Written beside and renamed: a reader never meets half a file.
            handle, name = tempfile.mkstemp(dir=self.folder, suffix=".part")
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(made)
                Path(name).replace(path)
            except OSError:
                # On a full disk half a file is in the way of the next one.
                Path(name).unlink(missing_ok=True)
                raise
        except OSError as error:
            raise StoreError(
                tr(
                    "The cache folder {folder} can't be written ({reason}): free some space or "
                    "set ZONING_VAR_DIR to a folder that can.",
                    folder=self.folder,
                    reason=error.strerror or error,
                )
            ) from error
        return made
