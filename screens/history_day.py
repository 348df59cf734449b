"""One moment: what was in force beside what was known then, and the proof that it is unaltered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from html import escape

import numpy as np
import pandas as pd
import streamlit as st

from layers.unit_sketch import Lettered, unit_sketch
from layers.zone_sketch import box_of
from screens.data_notes import told
from screens.history_moment import moment_box
from screens.history_words import headline, known_sentence, letter, zone_names, zone_words
from screens.listing import listing
from screens.plain import say, title
from zoning.clock import IST
from zoning.i18n.catalogue import tr
from zoning.model import Bools, Texts, Zone
from zoning.rules.rulebook import Rule, load_rule
from zoning.symbols.palette import zone_styles
from zoning.symbols.swatch import area_svg, as_data_uri
from zoning.workflow.history_desk import HistoryDesk, Then
from zoning.workflow.proof_words import order_sentence, proof_sentence
from zoning.workflow.proving import Proof

NOTED = "history-noted"


@st.cache_resource(max_entries=16, show_spinner=False)
def _then(where: str, version: int, area: str, at: datetime, _desk: HistoryDesk) -> Then:
    return _desk.then(at)


def panel(desk: HistoryDesk) -> None:
    """Draw the moment that is asked about."""
    at = moment_box("at", tr("Day"), desk.now(), desk.now())
    with st.spinner(tr("Looking at what held and what was known…")):
        found = told(lambda: _then(desk.store.where, desk.version(), desk.area_key, at, desk))
    if found is None:
        return
    rule = load_rule(found.rule_id)
    words = zone_words(rule)
    st.html(f'<div class="sm-top"><h1>{escape(headline(found, zone_names(rule)))}</h1></div>')
    say(known_sentence(found))
    _orders(found)
    _drawings(found, rule)
    listing(
        day_frame(found, words),
        name=tr("Units in force and as known then"),
        file_name=f"zones-{at.astimezone(IST):%Y%m%d-%H%M}.csv",
        key="history-units",
        by=tr("Says"),
    )
    _prove(desk, at)


def _orders(found: Then) -> None:
    if found.in_force.orders:
        numbers = ", ".join(found.in_force.orders)
        say(tr("By order {numbers}.", numbers=numbers), "sm-quiet")
    day = f"{found.at.astimezone(IST):%Y-%m-%d}"
    # Its own page shows the end of a day, to be moved and searched.
    link = f'<a href="./?on={day}">{escape(tr("The map at the end of that day"))}</a>'
    st.html(f'<nav class="sm-links">{link}</nav>')


def _drawings(found: Then, rule: Rule) -> None:
    geometry = found.units.geometry
    if geometry is None:
        return
    box = box_of(geometry)
    if box is None:
        return
    levels = [level.key for level in reversed(rule.zones)]
    styles = zone_styles(levels)
    theme = "dark" if st.context.theme.type == "dark" else "light"
    differs = found.differs
    sides = [(tr("In force"), found.zone, np.zeros(len(found.units), dtype=bool))]
    if found.is_seen.any():
        sides.append((tr("As known then"), found.known, ~found.is_seen))
    drawn = []
    for words, zone, is_quiet in sides:
        key = np.where(np.isin(zone.astype(str), list(styles)), zone, Zone.UNCLASSIFIED.value)
        units = Lettered(geometry, key.astype(object), _letters(zone, differs), is_quiet)
        alt = tr("{words}: a drawing of the zones; the table says the same.", words=words)
        picture = as_data_uri(unit_sketch(units, styles, box, theme, words))
        drawn.append(
            f'<figure><img alt="{escape(alt)}" src="{picture}"/>'
            f"<figcaption>{escape(words)}</figcaption></figure>"
        )
    st.html(f'<div class="sm-pair">{"".join(drawn)}</div>')
    known = zone_words(rule)
    legend = "".join(
        f'<li><img src="{as_data_uri(area_svg(style, 28, 20))}" alt="">{escape(known[key])}</li>'
        for key, style in styles.items()
    )
    st.html(f'<ul class="sm-legend-line">{legend}</ul>')
    if differs.any():
        st.caption(tr("“!” marks units of which the two say otherwise."))


def _letters(zone: Texts, differs: Bools) -> Texts:
    said = [
        "" if not z else f"{letter(str(z))}!" if is_other else letter(str(z))
        for z, is_other in zip(zone, differs, strict=True)
    ]
    return np.array(said, dtype=object)


def day_frame(found: Then, words: Mapping[str, str]) -> pd.DataFrame:
    """Return one row a unit, those of which the two say otherwise first."""
    order = np.argsort(~found.differs, kind="stable")
    says = np.where(
        found.known == "",
        tr("– not shown"),
        np.where(found.differs, tr("! otherwise"), tr("✓ the same")),
    )
    return pd.DataFrame(
        {
            tr("Unit"): found.units.name[order],
            tr("Code"): found.units.unit_id[order],
            tr("In force"): [words.get(z, z) for z in found.zone[order]],
            tr("By order"): found.number[order],
            tr("As known then"): [words.get(z, z) for z in found.known[order]],
            tr("Says"): says[order],
        }
    )


def _prove(desk: HistoryDesk, at: datetime) -> None:
    title(tr("Proof"))
    st.caption(
        tr(
            "Every order is sealed in the audit with a hash of all that it says. Note the head of "
            "the audit elsewhere, and give it here later: then nobody can have rewritten both."
        )
    )
    with st.form("history-proof", border=False):
        noted = st.text_input(tr("Head of the audit as you noted it, if you did"), key=NOTED)
        is_asked = st.form_submit_button(
            tr("Prove that it is unaltered"), key="history-prove", type="primary"
        )
    if not is_asked:
        return
    with st.spinner(tr("Walking along the audit…")):
        proof = told(lambda: desk.prove(at, noted.strip().lower()))
    if proof is not None:
        draw_proof(proof)


def draw_proof(proof: Proof) -> None:
    """Draw what a proof comes to: its sentence, each order, the hashes."""
    (st.success if proof.is_whole else st.error)(proof_sentence(proof))
    orders = "".join(
        f"<li><b>{escape(order.number)}</b> {escape(order_sentence(proof, order))}"
        f'<br><span class="sm-hash">{escape(order.content_sha256)}</span></li>'
        for order in proof.orders
    )
    hashes = "".join(
        f'<li>{escape(words)}<br><span class="sm-hash">{escape(value)}</span></li>'
        for words, value in (
            (tr("Hash of the whole state of that moment"), proof.state_sha256),
            (tr("Head of the audit now, to be noted elsewhere"), proof.chain.head),
        )
    )
    st.html(f'<ul class="sm-proof">{orders}{hashes}</ul>')
