"""Zones in force and thought of, drawn side by side in one box."""

from __future__ import annotations

from html import escape

import streamlit as st

from layers.zone_sketch import box_of, zone_sketch
from screens.plain import title
from zoning.i18n.catalogue import tr
from zoning.i18n.forms import number
from zoning.model import Geometries
from zoning.symbols.swatch import as_data_uri
from zoning.workflow.containment_desk import Thought
from zoning.workflow.weighing import DrawnZones


def before_and_after(thought: Thought, units: Geometries | None) -> None:
    """Draw both; the figures say the same in words.

    Parameters
    ----------
    thought : Thought
        What is drawn.
    units : Geometries or None
        Outlines for orientation, WGS84.
    """
    one, other = thought.present, thought.thought
    box = box_of(one.areas, one.buffers, other.areas, other.buffers)
    if box is None:
        return
    title(tr("On the ground"))
    theme = "dark" if st.context.theme.type == "dark" else "light"
    pair = ((tr("In force"), one), (tr("Thought"), other))
    drawn = "".join(
        f'<figure><img alt="{escape(_alt(words, zones))}" src="'
        f"{as_data_uri(zone_sketch(zones.areas, zones.buffers, units, box, theme, words))}"
        f'"/><figcaption>{escape(words)}</figcaption></figure>'
        for words, zones in pair
    )
    st.html(f'<div class="sm-pair">{drawn}</div>')
    st.caption(tr("Dark: affected ground (A). Hatched: buffer (B). The boxes are the same."))


def _alt(words: str, zones: DrawnZones) -> str:
    total = zones.weighed.total
    return tr(
        "{words}: {n} containment zones, booths: {a} A, {b} B; the table says the same.",
        words=words,
        n=number(len(zones)),
        a=number(int(total.n_booths_a[0])),
        b=number(int(total.n_booths_b[0])),
    )
