"""The card of one containment zone: what it means, what is doubtful, whose consent, its life."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from urllib.parse import quote

import numpy as np
import streamlit as st

from screens.plain import say, title
from zoning.i18n.catalogue import tr, tr_n
from zoning.i18n.forms import day
from zoning.judgement.consents import Consent
from zoning.workflow.containment import as_date
from zoning.workflow.zone_desk import Seen, ZoneDesk
from zoning.workflow.zone_words import (
    beyond_sentence,
    consent_part,
    consent_sentence,
    zone_sentences,
)

UNITS_LINKED = 12


def zone_card(desk: ZoneDesk, seen: Seen, at: int) -> None:
    """Draw the card of the zone at a position."""
    zones = seen.found.zones
    zone_id = str(zones.divided.zone_id[at])
    with st.container(border=True, key="zone-card"):
        title(zone_id)
        opened = zones.opened_on[at]
        if not np.isnat(opened):
            days = int((np.datetime64(seen.found.now.on, "D") - opened).astype(int))
            say(
                tr_n(
                    "Opened {day}, {n} day ago.",
                    "Opened {day}, {n} days ago.",
                    days,
                    day=day(as_date(opened)),
                ),
                "sm-quiet",
            )
        means, asks = st.columns(2, gap="large")
        with means:
            _list(tr("What it means"), zone_sentences(zones, at))
            if zones.n_beyond[at]:
                say(beyond_sentence(int(zones.n_beyond[at])), "sm-quiet")
            _on_map(seen, zones.unit_ids[at])
        with asks:
            warnings = [w.message for w in zones.weighed.warnings if w.zone == at]
            _list(tr("Look at"), warnings or [tr("Nothing is doubtful about this zone.")])
            _consents(seen, at)
            if zones.weighed.zones.n_booths_a[at]:
                _list(tr("Its life"), desk.life(zone_id))


def _consents(seen: Seen, at: int) -> None:
    """Draw whose consent the zone needs, one line an authority, and which booths each is about."""
    by_line: dict[tuple[str, str], list[Consent]] = {}
    for consent in seen.found.zones.consents:
        if consent.zone == at:
            line = (consent.authority_unit_id, consent.crossing.value)
            by_line.setdefault(line, []).append(consent)
    if not by_line:
        _list(tr("Consents"), [tr("It lies in one jurisdiction.")])
        return
    told = sorted(by_line.values(), key=lambda parts: not parts[0].is_needed)
    drawn = "".join(
        f"<details><summary>{escape(consent_sentence(parts, seen.names))}</summary><ul>"
        + "".join(f"<li>{escape(consent_part(part, seen.names))}</li>" for part in parts)
        + "</ul></details>"
        for parts in told
    )
    st.html(f'<div class="sm-told"><h3>{escape(tr("Consents"))}</h3>{drawn}</div>')


def _list(head: str, sentences: Sequence[str]) -> None:
    items = "".join(f"<li>{escape(sentence)}</li>" for sentence in sentences)
    st.html(f'<div class="sm-told"><h3>{escape(head)}</h3><ul>{items}</ul></div>')


def _on_map(seen: Seen, units: tuple[str, ...]) -> None:
    links = "".join(
        f'<a href="./?unit={quote(unit)}">{escape(seen.names.get(unit) or unit)}</a>'
        for unit in units[:UNITS_LINKED]
    )
    st.html(f'<nav class="sm-links"><b>{escape(tr("On the map"))}</b>{links}</nav>')
