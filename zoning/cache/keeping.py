"""What is made once and kept: in memory alone, or on disk too."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from zoning.cache.files import ContentCache

Keep = Callable[[str, Callable[[], bytes]], bytes]
"""Returns what is kept under a key, made and kept if it isn't there."""


def keep_on_disk(folder: Path) -> Keep:
    """Return what keeps in a folder; see `ContentCache`."""
    return ContentCache(folder, ".bin").get_or_make


def keep_in_memory() -> Keep:
    """Return what keeps for as long as it is itself kept."""
    kept: dict[str, bytes] = {}

    def keep(key: str, make: Callable[[], bytes]) -> bytes:
        if key not in kept:
            kept[key] = make()
        return kept[key]

    return keep
