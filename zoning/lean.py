"""A quick start for commands: nothing loaded, threaded or searched that they don't need."""

from __future__ import annotations

import atexit
import gc
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

FRAMES = ("geopandas", "pandas")

# Objects made between two looks of the garbage collector; Python's own default is 700.
COLLECTED_EVERY = 10_000


def single_thread_algebra() -> None:
    """Keep OpenBLAS from starting a thread for every core; call it before numpy is loaded.

    The threads spin while they wait, and no command has matrices for them. Who has
    set the number keeps it.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def collect_rarely() -> None:
    """Let the garbage collector look seldom, and not at all when the process ends.

    What a command loads stays until its end. Searching it again and again, and once
    more at the end, is a tenth of a cold start and finds nothing.
    """
    gc.freeze()
    gc.set_threshold(COLLECTED_EVERY)
    atexit.register(gc.freeze)


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
