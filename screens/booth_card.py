"""The card of one booth, and the legend of booths."""

from __future__ import annotations

from html import escape

import numpy as np
import streamlit as st

from layers.booth_view import BoothView
from layers.booth_words import (
    booth_marks,
    category_label,
    category_sentence,
    provenance_sentence,
    survey_sentence,
    watch_sentence,
)
from layers.view import MapView
from layers.words import zone_label
from screens.search import place_of
from zoning.i18n.catalogue import tr, tr_n
from zoning.i18n.forms import day
from zoning.judgement.delineate import NO_CATEGORY
from zoning.model import Category
from zoning.symbols.palette import AreaStyle, category_styles
from zoning.symbols.swatch import area_svg, as_data_uri

MAX_SHARING = 8


def _style(booths: BoothView, row: int) -> AreaStyle:
    styles = category_styles()
    category = str(booths.category[row])
    return styles[category or ("watch" if booths.watch[row] else "none")]


def _category_line(booths: BoothView, row: int) -> str:
    category = str(booths.category[row])
    if category == NO_CATEGORY and booths.watch[row]:
        return tr("Watched.")
    label = category_label(category)
    since = None if booths.since is None else booths.since[row]
    if category == NO_CATEGORY:
        return tr("{label}.", label=label)
    if since is None or np.isnat(since):
        return tr("{category}: {label}.", category=category, label=label.lower())
    return tr(
        "{category}: {label} since {day}.",
        category=category,
        label=label.lower(),
        day=day(since.astype("datetime64[D]").item()),
    )


def _zone_line(view: MapView, booths: BoothView, row: int) -> str:
    zone = str(booths.zone_id[row])
    if not zone:
        return ""
    at = booths.zone_row_of[zone]
    label, opened = str(booths.zones.label[at]), booths.zones.opened_on[at]
    if np.isnat(opened):
        return tr("Containment zone {zone}.", zone=label)
    first = opened.astype("datetime64[D]").item()
    return tr(
        "Containment zone {zone} since {day} (day {n}).",
        zone=label,
        day=day(first),
        n=max((view.as_of.date() - first).days + 1, 1),
    )


def _unit_line(view: MapView, booths: BoothView, row: int) -> str:
    unit = str(booths.unit_id[row])
    at = place_of(view, unit)
    if at is None:
        return tr("It lies in no place of this boundary edition.")
    return tr(
        "In {unit} ({code}): {zone}.",
        unit=str(view.units.name[at]) or unit,
        code=unit,
        zone=zone_label(view, str(view.zone[at])).lower(),
    )


def _sharing_line(booths: BoothView, row: int) -> str:
    cell = booths.cells[row]
    if cell is None:
        return ""
    rows = [i for i, other in enumerate(booths.cells) if other is cell and i != row]
    if not rows:
        return ""
    named = ", ".join(str(booths.booth_id[i]) for i in rows[:MAX_SHARING])
    if len(rows) > MAX_SHARING:
        return tr(
            "The same ground is that of {booths} and {n} more; they have one category.",
            booths=named,
            n=len(rows) - MAX_SHARING,
        )
    return tr_n(
        "The same ground is that of {booths}; both have one category.",
        "The same ground is that of {booths}; they have one category.",
        len(rows),
        booths=named,
    )


def booth_card(view: MapView, booth_id: str | None) -> bool:
    """Draw the card of a booth; return whether the view has it."""
    booths = view.booths
    if booths is None or not booth_id:
        return False
    row = booths.row_of.get(booth_id)
    if row is None:
        st.warning(tr("This edition has no booth with the code {code}.", code=booth_id))
        return False
    lines = [
        watch_sentence() if booths.watch[row] else category_sentence(str(booths.category[row])),
        _zone_line(view, booths, row),
        survey_sentence() if booths.needs_survey[row] else "",
        _unit_line(view, booths, row),
        _sharing_line(booths, row),
    ]
    text = "".join(f"<p>{escape(line)}</p>" for line in lines if line)
    name = str(booths.name[row]) or booth_id
    style = _style(booths, row)
    st.html(
        f'<section class="sm-card sm-booth" aria-live="polite"><header>'
        f'<img src="{as_data_uri(area_svg(style, 40, 30))}" alt="">'
        f'<div><h2>{escape(name)}</h2><div class="sm-quiet">{escape(booth_id)}</div></div>'
        f"</header><p><b>{escape(_category_line(booths, row))}</b></p>{text}"
        f'<p class="sm-quiet">{escape(provenance_sentence(str(booths.provenance[row])))}</p>'
        "</section>"
    )
    return True


def booth_legend() -> None:
    """Draw what the marks of booths mean."""
    sentences = (*(category_sentence(category.value) for category in Category), watch_sentence())
    items = [
        (area_svg(style, 34, 24), label, sentence)
        for (style, label), sentence in zip(booth_marks(), sentences, strict=True)
    ]
    marks = "".join(
        f'<li><img src="{as_data_uri(picture)}" alt="">'
        f"<span><b>{escape(label)}</b> {escape(sentence)}</span></li>"
        for picture, label, sentence in items
    )
    doubts = (
        ("A?", survey_sentence()),
        ("──", tr("Border between booths that was surveyed.")),
        ("╌╌", tr("Border derived from where the booths stand, not surveyed.")),
        ("═", tr("Cordon: the line round a containment zone, with its code.")),
    )
    signs = "".join(
        f'<li><b class="sm-sign">{escape(sign)}</b><span>{escape(words)}</span></li>'
        for sign, words in doubts
    )
    st.html(
        f'<div class="sm-legend"><h2>{escape(tr("Booths, when the map is near"))}</h2>'
        f"<ul>{marks}{signs}</ul></div>"
    )
