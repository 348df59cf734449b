"""The zones of an order with their words and styles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from zoning.i18n.catalogue import marked, tr
from zoning.model import Category, Zone
from zoning.orders.paper import STATEWIDE
from zoning.rules.rulebook import ZoneLevel
from zoning.symbols.palette import AreaStyle, category_styles, zone_styles

PLAIN_LEVELS = (
    ZoneLevel(Zone.RED.value, marked("Red"), ""),
    ZoneLevel(Zone.ORANGE.value, marked("Orange"), ""),
    ZoneLevel(Zone.GREEN.value, marked("Green"), ""),
)


@dataclass(frozen=True)
class ZoneWord:
    """One zone: what it is called and how it is drawn."""

    label: str
    style: AreaStyle


def zone_words(levels: Sequence[ZoneLevel]) -> Mapping[str, ZoneWord]:
    """Return the levels of a rule and `unclassified` by key, in the language in use.

    Parameters
    ----------
    levels : Sequence of ZoneLevel
        Most severe first; empty for red, orange and green.
    """
    levels = levels or PLAIN_LEVELS
    styles = zone_styles([level.key for level in levels])
    words = {level.key: ZoneWord(tr(level.label), styles[level.key]) for level in levels}
    unclassified = Zone.UNCLASSIFIED.value
    words[unclassified] = ZoneWord(tr("Unclassified"), styles[unclassified])
    return words


def category_words() -> Mapping[str, ZoneWord]:
    """Return the categories, in the language in use."""
    styles = category_styles()
    return {
        Category.AFFECTED.value: ZoneWord(tr("A, affected"), styles["A"]),
        Category.BUFFER.value: ZoneWord(tr("B, buffer"), styles["B"]),
        Category.CLEAN.value: ZoneWord(tr("C, clean"), styles["C"]),
    }


def place_word(where: str) -> str:
    """Return where a measure holds, in words."""
    known = category_words()
    if where in known:
        return known[where].label
    return tr("Whole state") if where == STATEWIDE else where
