"""Legend and basis: what colours, shapes and rings mean, and what they rest on."""

from __future__ import annotations

from html import escape

import streamlit as st

from layers.map import facility_kinds
from layers.view import MapView
from layers.words import FRESHNESS, freshness_label, kind_label, zone_label
from zoning.i18n.catalogue import tr
from zoning.i18n.forms import day, moment
from zoning.model import Zone
from zoning.symbols.palette import zone_styles
from zoning.symbols.swatch import area_svg, as_data_uri, facility_svg


def _item(picture: str, words: str) -> str:
    return f'<li><img src="{as_data_uri(picture)}" alt=""><span>{words}</span></li>'


def legend(view: MapView) -> None:
    """Draw the levels of the rule and the facilities that the view has."""
    styles = zone_styles([level.key for level in view.levels])
    sentences = {level.key: level.sentence for level in view.levels}
    sentences[Zone.UNCLASSIFIED.value] = tr("Not enough is known to give a colour.")
    levels = "".join(
        _item(
            area_svg(style, 34, 24),
            f"<b>{escape(zone_label(view, key))}</b> {escape(sentences[key])}",
        )
        for key, style in styles.items()
    )
    kinds = facility_kinds(view)
    facilities = ""
    if kinds:
        shapes = "".join(_item(facility_svg(kind), escape(kind_label(kind))) for kind in kinds)
        rings = "".join(
            _item(facility_svg(kinds[0], state), escape(freshness_label(state)))
            for state in FRESHNESS
        )
        facilities = (
            f"<h2>{escape(tr('Facilities, and the ring: how fresh the report is'))}</h2>"
            f'<ul class="sm-rings">{shapes}</ul><ul class="sm-rings">{rings}</ul>'
        )
    st.html(
        f'<div class="sm-legend"><h2>{escape(tr("Zones"))}</h2><ul>{levels}</ul>{facilities}</div>'
    )


def basis(view: MapView) -> None:
    """Say what the map rests on: data, order, rule, and what is missing."""
    lines = []
    if view.data_through is not None:
        lines.append(tr("Data to {day}.", day=day(view.data_through)))
    else:
        lines.append(tr("The data names no day to which it is complete."))
    if view.order is None:
        lines.append(tr("Computed only: no order is in force."))
    else:
        lines.append(
            tr(
                "Order {number} in force from {moment}.",
                number=view.order.number,
                moment=moment(view.order.effective_at),
            )
        )
        if view.order.review_on is not None:
            lines.append(tr("Review on {day}.", day=day(view.order.review_on)))
        if view.order.expires_on is not None:
            lines.append(tr("Expires on {day}.", day=day(view.order.expires_on)))
    lines.append(tr("Rule: {title} ({id}).", title=view.rule_title, id=view.rule_id))
    text = " ".join(lines)
    notes = "".join(f"<p>{escape(note)}</p>" for note in view.notes)
    st.html(f'<div class="sm-basis"><p>{escape(text)}</p>{notes}</div>')
