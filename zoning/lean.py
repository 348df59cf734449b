"""A quick start for commands that need neither pandas nor geopandas."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

FRAMES = ("geopandas", "pandas")


class _Refusing(MetaPathFinder):
    """Finds nothing, and says so, for the hidden packages."""

    def __init__(self, hidden: tuple[str, ...]) -> None:
        self.hidden = hidden

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname.partition(".")[0] in self.hidden:
            raise ModuleNotFoundError(fullname, name=fullname)
        return None


@contextmanager
def without_frames() -> Iterator[None]:
    """Keep pandas and geopandas from being loaded in passing.

    pyarrow and pyogrio load them only to see whether they are there. In a cold
    process that takes longer than classifying a city. Frames that are loaded
    already stay so.
    """
    with _hidden(FRAMES):
        yield


def gdal() -> Any:
    """Return `pyogrio.raw`; inside `without_frames` it is loaded without pyproj as well."""
    is_lean = any(isinstance(finder, _Refusing) for finder in sys.meta_path)
    with _hidden(("pyproj",) if is_lean else ()):
        import pyogrio.raw
    return pyogrio.raw


@contextmanager
def _hidden(names: tuple[str, ...]) -> Iterator[None]:
    refusing = _Refusing(names)
    sys.meta_path.insert(0, refusing)
    try:
        yield
    finally:
        sys.meta_path.remove(refusing)
