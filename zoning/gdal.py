"""The one door to pyogrio (GDAL), opened without loading geopandas."""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any


def pyogrio_raw() -> Any:
    """Return `pyogrio.raw`.

    pyogrio imports geopandas and pandas only to learn their versions. In a cold
    process that takes longer than classifying a city, so both are hidden from it
    while it loads, unless they are loaded already. The array interface used here
    needs neither.
    """
    if "pyogrio" in sys.modules:
        import pyogrio.raw

        return pyogrio.raw
    hidden: list[str] = [name for name in ("geopandas", "pandas") if name not in sys.modules]
    blocked: dict[str, ModuleType | None] = dict.fromkeys(hidden)
    sys.modules.update(blocked)  # type: ignore[arg-type]
    try:
        import pyogrio.raw
    finally:
        for name in hidden:
            del sys.modules[name]
    return pyogrio.raw
