"""The palette as values: which colour, pattern and letter stands for what."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from zoning.errors import RuleError
from zoning.i18n.catalogue import tr
from zoning.model import Zone


@dataclass(frozen=True)
class AreaStyle:
    """How an area is drawn.

    Attributes
    ----------
    fill, border, text, ink : str
        Colours as `#rrggbb`: area, inner edge, letter, pattern.
    pattern : str
        `plain`, `diagonal`, `dots`, `lines` or `cross`.
    letter : str
        Mark at the label zoom and in the legend.
    cordon : float
        Width of the border in pixels.
    dash : tuple of float
        Dashes of the border in pixels; empty for a whole line.
    opacity : float
        Of the fill: below 1 what lies beneath shows through.
    """

    fill: str
    border: str
    text: str
    ink: str
    pattern: str
    letter: str
    cordon: float = 1.0
    dash: tuple[float, ...] = ()
    opacity: float = 1.0


@dataclass(frozen=True)
class Freshness:
    """Ring around a facility: share of a turn, and its dashes in pixels."""

    turn: float
    dash: tuple[float, ...]


@dataclass(frozen=True)
class FacilityStyle:
    """How facilities are drawn: a shape a kind, a ring a freshness.

    Attributes
    ----------
    disc, shape, ring : str
        Colours as `#rrggbb`.
    kinds : Mapping[str, str]
        SVG path a kind, in a field of 24 by 24.
    freshness : Mapping[str, Freshness]
        By `fresh`, `due`, `stale` and `unknown`, which has no ring.
    """

    disc: str
    shape: str
    ring: str
    kinds: Mapping[str, str]
    freshness: Mapping[str, Freshness]


@cache
def _tables() -> dict[str, Any]:
    return tomllib.loads((files(__package__) / "palette.toml").read_text("utf-8"))


def _area(table: Mapping[str, Any], letter: str) -> AreaStyle:
    return AreaStyle(
        fill=table["fill"],
        border=table["border"],
        text=table["text"],
        ink=table["ink"],
        pattern=table["pattern"],
        letter=table.get("letter", letter),
        cordon=table.get("cordon", 1.0),
        dash=tuple(table.get("dash", ())),
        opacity=table.get("opacity", 1.0),
    )


def zone_styles(levels: Sequence[str]) -> Mapping[str, AreaStyle]:
    """Return a style for every level of a rule, and for `unclassified`.

    Parameters
    ----------
    levels : Sequence[str]
        Level keys of the rule, most severe first, without `unclassified`.

    Returns
    -------
    Mapping[str, AreaStyle]
        In the order given, `unclassified` last.

    Raises
    ------
    RuleError
        If the palette has no sequence of that length.
    """
    tables = _tables()
    sequence = tables["sequence"].get(str(len(levels)))
    if sequence is None:
        raise RuleError(
            tr(
                "A rule with {n} levels can't be coloured: palette.toml has sequences for {known}. "
                "Add one there.",
                n=len(levels),
                known=", ".join(tables["sequence"]),
            )
        )
    styles = {
        level: _area(tables["area"][area], level[:1].upper())
        for level, area in zip(levels, sequence, strict=True)
    }
    unclassified = Zone.UNCLASSIFIED.value
    styles[unclassified] = _area(tables["area"][unclassified], "?")
    return MappingProxyType(styles)


@cache
def category_styles() -> Mapping[str, AreaStyle]:
    """Return the styles of A, B, C, of no category (`none`), of `watch` and of the `cordon`."""
    return MappingProxyType(
        {
            key: _area(table, key[:1].upper() if len(key) == 1 else "")
            for key, table in _tables()["category"].items()
        }
    )


@cache
def facility_style() -> FacilityStyle:
    """Return how facilities are drawn."""
    table = _tables()["facility"]
    return FacilityStyle(
        disc=table["disc"],
        shape=table["shape"],
        ring=table["ring"],
        kinds=MappingProxyType(dict(table["kind"])),
        freshness=MappingProxyType(
            {
                key: Freshness(turn=ring["turn"], dash=tuple(ring["dash"]))
                for key, ring in table["freshness"].items()
            }
        ),
    )
