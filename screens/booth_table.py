"""Booths as a table: searched, filtered by category, a page at a time."""

from __future__ import annotations

from weakref import WeakKeyDictionary

import numpy as np
import pandas as pd
import streamlit as st

from layers.booth_search import find_booths
from layers.booth_view import CATEGORIES, BoothView
from layers.booth_words import category_label
from layers.view import MapView
from screens.listing import day_column, listing
from screens.search import select_booth
from zoning.i18n.catalogue import tr, tr_n
from zoning.i18n.forms import number
from zoning.judgement.delineate import NO_CATEGORY
from zoning.model import Ints
from zoning.places.booth_areas import Provenance

ROWS_A_PAGE = 200
WATCHED, SURVEY = "watch", "survey"

_frames: WeakKeyDictionary[BoothView, pd.DataFrame] = WeakKeyDictionary()


def booth_frame(booths: BoothView) -> pd.DataFrame:
    """Return one row a booth, in the order of the view; nothing in it is a count."""
    frame = _frames.get(booths)
    if frame is None:
        labels = {key: _label(key) for key in CATEGORIES}
        zones = {
            str(code): str(label)
            for code, label in zip(booths.zones.zone_id, booths.zones.label, strict=True)
        }
        columns: dict[str, object] = {
            tr("Category"): [labels[key] for key in booths.category],
            tr("Booth"): booths.booth_id,
            tr("Name"): booths.name,
            tr("Unit"): booths.unit_id,
            tr("Containment zone"): [zones.get(code, "") for code in booths.zone_id],
            tr("Mark"): np.select(
                [booths.needs_survey, booths.watch], [tr("needs a survey"), tr("watched")], ""
            ),
            tr("Border"): [_known(key) for key in booths.provenance],
        }
        if booths.since is not None:
            columns[tr("Since")] = pd.to_datetime(booths.since)
        frame = _frames[booths] = pd.DataFrame(columns)
    return frame


def _label(category: str) -> str:
    if category == NO_CATEGORY:
        return category_label(category)
    return tr("{category}: {label}", category=category, label=category_label(category).lower())


def _known(provenance: str) -> str:
    return {
        Provenance.SURVEYED.value: tr("surveyed"),
        Provenance.DERIVED.value: tr("derived"),
        Provenance.UNIT.value: tr("whole ward"),
        "": tr("none"),
    }[provenance]


def rows_shown(booths: BoothView, text: str, chosen: list[str]) -> Ints:
    """Return the rows that a search and a choice of categories and marks leave.

    Parameters
    ----------
    booths : BoothView
        All of them.
    text : str
        Part of a code or name; empty for all, most severe first.
    chosen : list of str
        Categories, `watch` and `survey`; a booth that has any of them is shown. Empty for all.
    """
    if text.strip():
        rows = find_booths(booths, text)
    else:
        rank = {key: i for i, key in enumerate(CATEGORIES)}
        rows = np.argsort([rank[key] for key in booths.category], kind="stable")
    if not chosen:
        return rows
    is_chosen = np.isin(booths.category.astype(str), [key for key in chosen if key in CATEGORIES])
    if WATCHED in chosen:
        is_chosen |= booths.watch
    if SURVEY in chosen:
        is_chosen |= booths.needs_survey
    left: Ints = rows[is_chosen[rows]]
    return left


def _page(n: int) -> int:
    pages = max(1, -(-n // ROWS_A_PAGE))
    if pages == 1:
        return 0
    at = int(
        st.number_input(
            tr("Page (of {n})", n=number(pages)), min_value=1, max_value=pages, key=f"page-{pages}"
        )
    )
    return at - 1


def booth_table(view: MapView, booths: BoothView) -> None:
    """Draw the table of booths; a row chosen opens its card and brings it into view."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="booth-tools"):
        text = st.text_input(
            tr("Find a booth"), key="booth-text", placeholder=tr("Code or name of a booth")
        )
        words = {key: _label(key) for key in CATEGORIES} | {
            WATCHED: tr("Watched"),
            SURVEY: tr("Needs a survey"),
        }
        chosen = st.pills(
            tr("Category"),
            list(words),
            selection_mode="multi",
            format_func=words.__getitem__,
            key="booth-category",
        )
        rows = rows_shown(booths, text, list(chosen))
        page = _page(len(rows))
    on_page = rows[page * ROWS_A_PAGE : (page + 1) * ROWS_A_PAGE]
    frame = booth_frame(booths)

    def choose(code: str | None) -> None:
        if code is not None:
            select_booth(view, code, is_brought_into_view=True)

    listing(
        frame.iloc[on_page].assign(code=booths.booth_id[on_page]),
        name=tr("Booths"),
        file_name="booths.csv",
        key="booths",
        hidden="code",
        whole=lambda: frame.iloc[rows],
        caption=tr_n(
            "{count} booth, shown are {first} to {last}.",
            "{count} booths, shown are {first} to {last}.",
            len(rows),
            count=number(len(rows)),
            first=number(page * ROWS_A_PAGE + min(1, len(rows))),
            last=number(page * ROWS_A_PAGE + len(on_page)),
        ),
        on_choice=choose,
        config={tr("Since"): day_column(), tr("Name"): st.column_config.TextColumn(width=240)},
    )
