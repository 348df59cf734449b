"""Back the database up into one file, verify such a file, and restore it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from zoning.settings import Settings
from zoning.store import backup, restore
from zoning.store.backup_file import Manifest, read_manifest
from zoning.store.restore import Restored, RestoreOrder


def back_up(settings: Settings, file: Path, at: datetime, who: str) -> Manifest:
    """Write a backup of the database of the settings; others go on working.

    Raises
    ------
    SeemanaError
        If the database can't be read or the file can't be written.
    """
    return backup.back_up(settings.store_url, file, at=at, who=who)


def verify(file: Path) -> Manifest:
    """Return what a backup says of itself, after a look at every byte of it.

    Raises
    ------
    StoreError
        If the file is no backup, damaged, or made by a newer version.
    """
    return read_manifest(file)


def restore_from(
    settings: Settings, file: Path, at: datetime, who: str, *, is_replacing: bool = False
) -> Restored:
    """Put the database of a backup in the place of that of the settings.

    Raises
    ------
    StoreError
        If the backup can't be used, or the database holds data or is in use.
    """
    return restore.restore(settings.store_url, file, RestoreOrder(at, who, is_replacing))
