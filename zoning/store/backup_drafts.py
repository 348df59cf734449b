"""Hidden folders for what isn't complete yet, and the removal of those that a kill left behind."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_NEW = ".seemana-new-"
_LOCKED = ".seemana-draft-"
_LOCK = "lock"


@contextmanager
def draft_folder(parent: Path) -> Iterator[Path]:
    """Make a folder for a block, readable by its owner alone; first remove what dead ones left.

    The folder of a process that lives is locked, so it is never taken for a remnant.

    Raises
    ------
    OSError
        If it can't be made.
    """
    _remove_remnants(parent)
    new = Path(tempfile.mkdtemp(dir=parent, prefix=_NEW))
    folder = new.with_name(new.name.replace(_NEW, _LOCKED))
    try:
        with (new / _LOCK).open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            new.rename(folder)
            yield folder
    finally:
        for place in (new, folder):
            shutil.rmtree(place, ignore_errors=True)


def sync_folder(folder: Path) -> None:
    """Let names that were moved in a folder survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _remove_remnants(parent: Path) -> None:
    for remnant in parent.glob(f"{_LOCKED}*"):
        if not (remnant / _LOCK).exists():
            # A folder bears this name only with its lock in it: one without was being removed.
            shutil.rmtree(remnant, ignore_errors=True)
            continue
        with suppress(OSError), (remnant / _LOCK).open("r+") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(remnant, ignore_errors=True)
