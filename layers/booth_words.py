"""Words for booths: categories, marks, and how the ground is known."""

from __future__ import annotations

from typing import Any

from layers.booth_view import CATEGORIES, PROVENANCES
from zoning.i18n.catalogue import tr
from zoning.judgement.delineate import NO_CATEGORY
from zoning.model import Category
from zoning.places.booth_areas import Provenance
from zoning.symbols.palette import AreaStyle, category_styles


def category_label(category: str) -> str:
    """Return the short name of a category."""
    return {
        Category.AFFECTED.value: tr("Affected"),
        Category.BUFFER.value: tr("Buffer"),
        Category.CLEAN.value: tr("Clean"),
        NO_CATEGORY: tr("No category"),
    }[category]


def category_sentence(category: str) -> str:
    """Return what a category means, in one sentence."""
    return {
        Category.AFFECTED.value: tr("Cases lie here: intensive lockdown, inside a cordon."),
        Category.BUFFER.value: tr("Near an affected booth: restrictions round the cordon."),
        Category.CLEAN.value: tr("In a red or orange zone, and not near an affected booth."),
        NO_CATEGORY: tr("A green zone isn't divided."),
    }[category]


def booth_marks() -> list[tuple[AreaStyle, str]]:
    """Return how each category and the watch are drawn, and their short names."""
    styles = category_styles()
    marks = [(styles[category.value], category_label(category.value)) for category in Category]
    return [*marks, (styles["watch"], tr("Watched"))]


def watch_sentence() -> str:
    """Return what the ring round a watched booth means."""
    return tr(
        "Its own zone is green, but an affected booth is near: close surveillance continues "
        "outside the containment zones (memo 177-CS, 6.iv)."
    )


def survey_sentence() -> str:
    """Return what the question mark at a category means."""
    return tr(
        "Needs a survey: cases of this ward lie in no booth, or its zone or ground isn't known; "
        "somebody has to look."
    )


def provenance_sentence(provenance: str) -> str:
    """Return how the ground of a booth is known, in one sentence."""
    return {
        Provenance.SURVEYED.value: tr("Border surveyed."),
        Provenance.DERIVED.value: tr(
            "Border derived: the ground nearest to this booth in its ward, not surveyed."
        ),
        Provenance.UNIT.value: tr("No border of its own: the whole ward stands for its one booth."),
        "": tr("No ground is known, so it isn't drawn."),
    }[provenance]


def booth_words() -> dict[str, Any]:
    """Return the sentences for the script of booths; `{names}` are filled in there."""
    return {
        "loading": tr("Loading booths"),
        "preparing": tr("Booths are being prepared"),
        "failed": tr("Booths did not arrive. Move the map to try again."),
        "categories": [
            {
                "key": key,
                "label": tr("{letter}: {label}", letter=key, label=category_label(key).lower())
                if key
                else category_label(key),
            }
            for key in CATEGORIES
        ],
        "provenances": [{"key": key, "sentence": provenance_sentence(key)} for key in PROVENANCES],
        "watch": tr("Watched: an affected booth is near."),
        "survey": tr("Needs a survey: cases of this ward lie in no booth."),
        "zone": tr("Containment zone {zone}"),
        "zoneSince": tr("Containment zone {zone} since {day}"),
        "unit": tr("In {unit}: {zone}"),
        "shared": tr("{n} booths"),
        "more": tr("and {n} more booths"),
    }
