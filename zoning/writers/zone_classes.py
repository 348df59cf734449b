"""The classes of a layer, each with its word, its letter and its style from the palette."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from zoning.i18n.catalogue import tr
from zoning.model import Category, Zone
from zoning.symbols.palette import AreaStyle, category_styles, zone_styles
from zoning.writers.zone_export import ExportAbout

WATCH = "watch"
NO_CATEGORY = ""


@dataclass(frozen=True)
class DrawnClass:
    """One class of a layer.

    Attributes
    ----------
    key : str
        Value of the class; empty for a booth of a green unit.
    label : str
        Word for legends.
    style : AreaStyle
        How it is drawn.
    is_outline : bool
        Whether the ground below stays to be seen: then colour and pattern stay away.
    """

    key: str
    label: str
    style: AreaStyle
    is_outline: bool = False


def zone_classes(about: ExportAbout) -> Mapping[str, DrawnClass]:
    """Return a class for every level of the rule, most severe first, and for `unclassified`."""
    styles = zone_styles([level.key for level in about.levels])
    labels = {level.key: level.label for level in about.levels}
    labels[Zone.UNCLASSIFIED.value] = tr("Unclassified")
    return {key: DrawnClass(key, labels[key], style) for key, style in styles.items()}


def booth_classes() -> Mapping[str, DrawnClass]:
    """Return a class for every category, for the watch ring and for booths without category."""
    styles = category_styles()
    labels = {
        Category.AFFECTED.value: tr("A, affected"),
        Category.BUFFER.value: tr("B, buffer"),
        Category.CLEAN.value: tr("C, clean"),
        WATCH: tr("Watch ring in a green zone"),
        NO_CATEGORY: tr("No category: green zone"),
    }
    looks = {NO_CATEGORY: styles[Category.CLEAN.value]}
    return {
        key: DrawnClass(key, label, looks.get(key) or styles[key], is_outline=_is_outline(key))
        for key, label in labels.items()
    }


def _is_outline(key: str) -> bool:
    # The zone's colour below must stay to be seen, or a clean booth would look like no zone at all.
    return key not in (Category.AFFECTED, Category.BUFFER)


def cordon() -> DrawnClass:
    """Return the line around a containment zone, as thick as that of category A."""
    styles = category_styles()
    return DrawnClass("", tr("Containment zone"), styles[Category.AFFECTED.value], is_outline=True)


def buffer() -> DrawnClass:
    """Return the area around a containment zone, as category B."""
    return DrawnClass("", tr("Buffer"), category_styles()[Category.BUFFER.value])
