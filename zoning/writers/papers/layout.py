"""The numbers of `layout.toml`."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any


@cache
def layout(table: str) -> MappingProxyType[str, Any]:
    """Return one table of the layout: `order`, `map` or `one_page`."""
    data = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return MappingProxyType(data[table])
