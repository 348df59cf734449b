"""What changed between two moments: units and booths, from, to, by which order."""

from __future__ import annotations

from datetime import timedelta
from html import escape

import numpy as np
import pandas as pd
import streamlit as st

from layers.unit_sketch import Lettered, Point, unit_sketch
from layers.zone_sketch import box_of
from screens.data_notes import told
from screens.history_moment import moment_box
from screens.history_words import letter
from screens.listing import listing
from screens.plain import say
from zoning.i18n.catalogue import tr, tr_n
from zoning.i18n.forms import moment, number
from zoning.model import Zone
from zoning.symbols.palette import category_styles, zone_styles
from zoning.symbols.swatch import as_data_uri
from zoning.workflow.changed_ground import ChangedGround
from zoning.workflow.history_desk import HistoryDesk
from zoning.workflow.in_force_then import ChangedPlaces

LOOK_BACK = timedelta(days=7)
# More letters than these cover each other.
MAX_LETTERS = 400


def panel(desk: HistoryDesk) -> None:
    """Draw what changed between the two moments that are asked about."""
    now = desk.now()
    earlier, later = st.columns(2)
    with earlier:
        before_at = moment_box("from", tr("From"), now - LOOK_BACK, now)
    with later:
        after_at = moment_box("to", tr("To"), now, now)
    found = told(lambda: desk.change(before_at, after_at))
    if found is None:
        return
    change, ground = found.change, found
    sentence = tr(
        "Between {before} and {after}: {units} and {booths} changed.",
        before=moment(before_at),
        after=moment(after_at),
        units=tr_n(
            "{said} unit", "{said} units", len(change.units), said=number(len(change.units))
        ),
        booths=tr_n(
            "{said} booth", "{said} booths", len(change.booths), said=number(len(change.booths))
        ),
    )
    st.html(f'<div class="sm-top"><h1>{escape(sentence)}</h1></div>')
    if not len(change.units) and not len(change.booths):
        st.caption(tr("The same was in force at both moments, everywhere."))
        return
    _drawing(ground)
    listing(
        change_frame(ground),
        name=tr("Units and booths that changed"),
        file_name="changes.csv",
        key="history-changes",
        by=tr("What"),
    )


def _drawing(found: ChangedGround) -> None:
    units, places = found.units, found.change.units
    if units.geometry is None or (box := box_of(units.geometry)) is None:
        return
    order = np.argsort(places.code.astype(str))
    known = dict(zip(places.code[order], range(len(order)), strict=True))
    is_changed = np.array([code in known for code in units.unit_id], dtype=bool)
    letters = np.full(len(units), "", dtype=object)
    for at in np.flatnonzero(is_changed):
        nth = order[known[units.unit_id[at]]]
        letters[at] = arrow(places, int(nth))
    styles = zone_styles(found.levels)
    zone = np.where(np.isin(found.zone.astype(str), list(styles)), found.zone, _NONE)
    drawn = Lettered(units.geometry, zone.astype(object), letters, ~is_changed)
    points = [
        Point(lon, lat, arrow(found.change.booths, nth), found.change.booths.after[nth] or "none")
        for nth, (lon, lat) in enumerate(found.booth_places.tolist())
        if np.isfinite(lon)
    ]
    theme = "dark" if st.context.theme.type == "dark" else "light"
    words = tr("What changed: “O→R” is from orange to red; booths are written smaller.")
    picture = unit_sketch(drawn, styles, box, theme, words, points[:MAX_LETTERS], category_styles())
    alt = tr("A drawing of the units that changed; the table says the same.")
    st.html(
        f'<div class="sm-pair"><figure><img alt="{escape(alt)}" src="{as_data_uri(picture)}"/>'
        f"<figcaption>{escape(words)}</figcaption></figure></div>"
    )
    if len(points) > MAX_LETTERS:
        say(
            tr(
                "The first {shown} of {n} booths are drawn; the table has all of them.",
                shown=number(MAX_LETTERS),
                n=number(len(points)),
            ),
            "sm-quiet",
        )


_NONE = Zone.UNCLASSIFIED.value


def arrow(places: ChangedPlaces, nth: int) -> str:
    """Return the letters of a change: from → to."""
    before, after = letter(str(places.before[nth])), letter(str(places.after[nth]))
    return f"{before}→{after}"


def change_frame(found: ChangedGround) -> pd.DataFrame:
    """Return one row a place, units first: from, to, by which order."""
    frames = [
        pd.DataFrame(
            {
                tr("What"): kind,
                tr("Change"): [arrow(places, nth) for nth in range(len(places))],
                tr("Code"): places.code,
                tr("Name"): [found.names.get(code, "") for code in places.code],
                tr("From"): [value or tr("none") for value in places.before],
                tr("To"): [value or tr("none") for value in places.after],
                tr("By order"): [
                    n or tr("the end of {number}", number=old)
                    for n, old in zip(places.number, places.number_before, strict=True)
                ],
                tr("Order before"): places.number_before,
            }
        )
        for kind, places in ((tr("Unit"), found.change.units), (tr("Booth"), found.change.booths))
    ]
    return pd.concat(frames, ignore_index=True)
