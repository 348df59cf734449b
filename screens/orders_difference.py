"""What two orders say differently: in a sentence, on maps in one box, and row by row."""

from __future__ import annotations

from html import escape

import numpy as np
import pandas as pd
import shapely
import streamlit as st

from layers.booth_words import category_label
from layers.order_sketch import order_sketch
from layers.zone_sketch import box_of
from screens.data_address import choose, chosen
from screens.data_notes import told
from screens.listing import listing
from screens.plain import say, title
from zoning.i18n.catalogue import tr, tr_n
from zoning.i18n.forms import number
from zoning.model import Geometries
from zoning.symbols.palette import zone_styles
from zoning.symbols.swatch import as_data_uri
from zoning.workflow.order_difference import DrawnSide, OrderDifference
from zoning.workflow.orders_desk import OrderCard, OrdersDesk, OrdersSeen

SLIVER_SHARE = 1e-6
COLOURS = ("red", "orange", "green")


def panel(desk: OrdersDesk, card: OrderCard, seen: OrdersSeen) -> None:
    """Draw the choice of another order, and what differs."""
    own = card.line.record.order.number
    titles = {
        line.record.order.number: line.record.order.title
        for line in seen.lines
        if line.record.order.number != own
    }
    if not titles:
        st.info(tr("There is no other order to compare it with."))
        return
    numbers = list(titles)
    at = chosen("other")
    if at not in titles:
        at = _before(card, seen) or numbers[0]
    other = st.selectbox(
        tr("Compared with"),
        numbers,
        index=numbers.index(at),
        format_func=lambda code: f"{code}: {titles[code]}",
        key="orders-other",
        on_change=lambda: choose(other=st.session_state["orders-other"]),
    )
    with st.spinner(tr("Comparing the two orders…")):
        found = told(lambda: _compared(desk.where, desk.version(), own, other, desk))
    if found is None:
        return
    say(sentence(found), "sm-answer")
    if found.has_other_ground:
        say(
            tr(
                "They were made on different editions of boundaries; codes are compared as they "
                "are."
            )
        )
    _maps(found, card)
    _tables(found, card)


@st.cache_resource(max_entries=8, show_spinner=False)
def _compared(where: str, version: int, one: str, other: str, _desk: OrdersDesk) -> OrderDifference:
    return _desk.difference(one, other)


def _before(card: OrderCard, seen: OrdersSeen) -> str:
    """Return the order of the same kind that took effect just before; empty for none."""
    own = card.line.record
    for line in seen.lines:
        record = line.record
        is_same = record.kind is own.kind and record.order_id != own.order_id
        if is_same and record.order.effective_at <= own.order.effective_at:
            return record.order.number
    return ""


def sentence(found: OrderDifference) -> str:
    """Return what two orders come to, in one sentence."""
    pair = {"one": found.one.order.number, "other": found.other.order.number}
    if not len(found.units) and not len(found.booths):
        return tr("{other} changes nothing that {one} says.", **pair)
    units = tr_n("{said} unit", "{said} units", len(found.units), said=number(len(found.units)))
    booths = tr_n(
        "{said} booth", "{said} booths", len(found.booths), said=number(len(found.booths))
    )
    return tr(
        "From {one} to {other} the zone changes in {units}, the category of {booths}.",
        units=units,
        booths=booths,
        **pair,
    )


def _maps(found: OrderDifference, card: OrderCard) -> None:
    units = found.drawn.geometry
    if units is None:
        return
    sides = (found.before, found.after)
    said = (sides[0].zone != "") | (sides[1].zone != "")
    ground = [units[said], *(shapes for side in sides for shapes in (side.areas, side.buffers))]
    box = box_of(*ground) or box_of(units)
    if box is None:
        return
    is_changed = np.isin(found.drawn.unit_id.astype(str), found.units.code.astype(str))
    changes = DrawnSide(
        np.where(is_changed, found.after.zone, "").astype(object),
        _without(found.after.areas, found.before.areas),
        np.empty(0, dtype=object),
    )
    ended = _without(found.before.areas, found.after.areas)
    theme = "dark" if st.context.theme.type == "dark" else "light"
    keys = [level.key for level in card.paper.levels] or list(COLOURS)
    known = {*keys, "unclassified", ""}
    styles = zone_styles(keys)
    drawn = []
    for words, side, lost in (
        (tr("Before: {number}", number=found.one.order.number), found.before, None),
        (tr("After: {number}", number=found.other.order.number), found.after, None),
        (tr("Changes: new zones of units, new A, and dashed where A ends"), changes, ended),
    ):
        zone = np.array([z if z in known else "unclassified" for z in side.zone], dtype=object)
        picture = order_sketch(
            units, zone, styles, side.areas, side.buffers, box, theme, words, lost
        )
        drawn.append(
            f'<figure><img alt="{escape(words)}" src="{as_data_uri(picture)}"/>'
            f"<figcaption>{escape(words)}</figcaption></figure>"
        )
    title(tr("On the ground"))
    st.html(f'<div class="sm-three">{"".join(drawn)}</div>')
    st.caption(tr("Letters name the zones; A is solid, B hatched. The boxes are the same."))


def _without(ground: Geometries, other: Geometries) -> Geometries:
    """Return the ground of zones that lies in none of the others."""
    there = ground[~shapely.is_missing(ground)]
    taken = other[~shapely.is_missing(other)]
    left: Geometries = shapely.difference(there, shapely.union_all(taken)) if len(taken) else there
    # Where two grounds were computed apart, slivers of nothing remain between them.
    return left[shapely.area(left) > SLIVER_SHARE * shapely.area(there)]


def _tables(found: OrderDifference, card: OrderCard) -> None:
    if len(found.units):
        words = card.zone_names
        title(tr("Units that change zone"))
        listing(
            pd.DataFrame(
                {
                    tr("Ward or gram panchayat"): found.units.name,
                    tr("Code"): found.units.code,
                    tr("Before"): [words.get(z, z) or tr("none") for z in found.units.before],
                    tr("After"): [words.get(z, z) for z in found.units.after],
                }
            ),
            name=tr("Units that change zone between two orders"),
            file_name="units-changed.csv",
            key="changed-units",
            by=tr("After"),
        )
    if len(found.booths):
        title(tr("Booths that change category"))
        listing(
            pd.DataFrame(
                {
                    tr("Booth"): found.booths.code,
                    tr("Ward or gram panchayat"): found.booths.name,
                    tr("Before"): [_category(c) for c in found.booths.before],
                    tr("After"): [_category(c) for c in found.booths.after],
                }
            ),
            name=tr("Booths that change category between two orders"),
            file_name="booths-changed.csv",
            key="changed-booths",
            by=tr("After"),
        )


def _category(category: str) -> str:
    return category_label(category) if category else tr("none")
