"""Small disks in memory, to be filled; and folders that may only be read."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

NO_MOUNT = "a small disk can't be mounted here (root may): a full disk isn't tested"


@contextmanager
def small_disk(folder: Path, kib: int) -> Iterator[Path]:
    """Mount a disk of a size for a block; skip, with the reason, where that isn't allowed."""
    if os.geteuid() != 0:
        pytest.skip(NO_MOUNT)
    folder.mkdir(parents=True, exist_ok=True)
    mount = ("mount", "-t", "tmpfs", "-o", f"size={kib}k,mode=0755", "tmpfs", str(folder))
    if subprocess.run(mount, capture_output=True).returncode:
        pytest.skip(NO_MOUNT)
    try:
        yield folder
    finally:
        # Lazily: a database that isn't closed yet mustn't keep the mount for ever.
        subprocess.run(("umount", "-l", str(folder)), check=True)


def free_kib(disk: Path) -> int:
    """Return the space left."""
    return shutil.disk_usage(disk).free // 1024


def fill(disk: Path, leave_kib: int = 0) -> Path:
    """Fill a disk up to some space, with a file that can be deleted again."""
    filler = disk / "filler"
    with filler.open("wb") as file:
        file.write(b"\0" * (max(free_kib(disk) - leave_kib, 0) * 1024))
    return filler


def make_read_only(disk: Path) -> None:
    """Let a mounted disk be read only from now on."""
    subprocess.run(("mount", "-o", "remount,ro", str(disk)), check=True)


def make_writable(disk: Path) -> None:
    """Let a mounted disk be written again."""
    subprocess.run(("mount", "-o", "remount,rw", str(disk)), check=True)
