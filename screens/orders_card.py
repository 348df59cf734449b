"""What one order says: head, units, booths, measures, directions, who was asked, the hash."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import pandas as pd
import streamlit as st

from layers.booth_words import category_label
from screens.listing import listing
from screens.orders_withdraw import withdrawing
from screens.orders_words import booths_word, kind_word
from screens.plain import say, title
from zoning.i18n.catalogue import tr, tr_n
from zoning.i18n.forms import day, moment, number
from zoning.orders.paper import STATEWIDE, OrderedZone, OrderPaper
from zoning.workflow.orders_desk import OrderCard, OrdersDesk, OrdersSeen

NONE = "–"
HASH_GROUP = 8


def panel(desk: OrdersDesk, card: OrderCard, seen: OrdersSeen) -> None:
    """Draw what an order says."""
    paper = card.paper
    if not card.is_sealed:
        st.info(
            tr(
                "This order wasn't sealed here: a file brought it in, or it is older than the "
                "sealing. Its papers print as a draft and bear no hash; the signed paper is where "
                "it was signed."
            )
        )
    _facts(card)
    for text in (piece for piece in paper.reason.split("\n\n") if piece.strip()):
        say(text)
    _units(paper, card)
    _zones(card)
    _measures(paper)
    _people(paper)
    _asked(paper)
    _hash(paper)
    withdrawing(desk, card)


def _facts(card: OrderCard) -> None:
    paper, record = card.paper, card.line.record
    signed = paper.signatory
    told = [
        (tr("About"), kind_word(record.kind)),
        (tr("Act"), paper.act),
        (tr("Holds in"), paper.district),
        (tr("Published"), moment(record.published_at)),
        (tr("In force from"), moment(paper.effective_at)),
        (tr("Reviewed on"), moment(paper.review_at) if paper.review_at else tr("no day is set")),
        (tr("Expires"), moment(paper.expires_at) if paper.expires_at else tr("no moment is set")),
        (tr("Ended"), moment(record.ended_at) if record.ended_at else ""),
        (tr("Supersedes"), ", ".join(paper.supersedes)),
        (
            tr("Signed by"),
            ", ".join(filter(None, (signed.name, signed.designation))) if signed else "",
        ),
    ]
    drawn = "".join(
        f"<dt>{escape(name)}</dt><dd>{escape(text)}</dd>" for name, text in told if text
    )
    st.html(f'<dl class="sm-facts">{drawn}</dl>')


def _units(paper: OrderPaper, card: OrderCard) -> None:
    if not paper.units:
        return
    title(tr("Zones of units"))
    words = card.zone_names
    frame = pd.DataFrame(
        {
            tr("Ward or gram panchayat"): [unit.name for unit in paper.units],
            tr("Code"): [unit.unit_id for unit in paper.units],
            tr("Before"): [
                words.get(u.zone_before, u.zone_before) or tr("none") for u in paper.units
            ],
            tr("From now on"): [words.get(u.zone_after, u.zone_after) for u in paper.units],
        }
    )
    listing(
        frame,
        name=tr("Zones of units by this order"),
        file_name=f"units-{card.line.record.order_id}.csv",
        key="order-units",
        by=tr("From now on"),
    )


def _zones(card: OrderCard) -> None:
    paper = card.paper
    if not paper.zones and not card.booths_c:
        return
    title(tr("Booths"))
    if card.booths_c and not any(zone.category == "C" for zone in paper.zones):
        say(tr("{booths} in C, clean, besides those listed.", booths=booths_word(card.booths_c)))
    if not paper.zones:
        return
    rows = [(zone, part) for zone in paper.zones for part in zone.parts]
    listing(
        pd.DataFrame(
            {
                tr("Zone"): [zone.zone_id for zone, _ in rows],
                tr("Category"): [_category(zone) for zone, _ in rows],
                tr("Ward or gram panchayat"): [part.unit_name or part.unit_id for _, part in rows],
                tr("Booths"): [", ".join(part.booth_ids) for _, part in rows],
                tr("Not released before"): [
                    day(zone.earliest_release_on) if zone.earliest_release_on else NONE
                    for zone, _ in rows
                ],
            }
        ),
        name=tr("Booths by this order"),
        file_name=f"booths-{card.line.record.order_id}.csv",
        key="order-booths",
        by=tr("Category"),
        config={tr("Booths"): st.column_config.TextColumn(width="large")},
    )


def _category(zone: OrderedZone) -> str:
    return tr("none any more") if zone.category is None else category_label(zone.category.value)


def _measures(paper: OrderPaper) -> None:
    if not paper.measures:
        return
    n = len(paper.measures)
    with st.expander(
        tr_n("What holds: {said} clause", "What holds: {said} clauses", n, said=number(n))
    ):
        rows = [
            (
                tr("Whole state") if m.where == STATEWIDE else category_label(m.where),
                " · ".join(filter(None, (m.memo, m.section))),
                f"{m.heading.rstrip(' :')}: {m.text}" if m.heading else m.text,
            )
            for m in paper.measures
        ]
        table((tr("Where"), tr("Section"), tr("What holds")), rows)


def _people(paper: OrderPaper) -> None:
    """Draw what has to be done, the ways through the cordons, and who commands."""
    if paper.directions:
        title(tr("Directions"))
        table(
            (tr("Direction"), tr("Action by"), tr("By when")),
            [
                (d.text, d.action_by or NONE, moment(d.by_when) if d.by_when else NONE)
                for d in paper.directions
            ],
        )
    if paper.gates:
        title(tr("Entry and exit"))
        open_always = tr("medical exit, open at any hour")
        table(
            (tr("Zone"), tr("Gate"), tr("Hours"), tr("For emergencies")),
            [
                (g.zone_id, g.place, g.hours, open_always if g.is_medical_exit else NONE)
                for g in paper.gates
            ],
        )
    if paper.commanders:
        title(tr("Incident commanders"))
        table(
            (tr("Zone"), tr("Name"), tr("Office"), tr("Telephone")),
            [
                (", ".join(c.zone_ids) or tr("all zones of this order"), c.name, c.office, c.phone)
                for c in paper.commanders
            ],
        )


def _asked(paper: OrderPaper) -> None:
    if paper.consultations:
        title(tr("Consultation"))
        table(
            (tr("Office"), tr("Reference"), tr("Date")),
            [
                (c.office, c.reference or NONE, day(c.held_on) if c.held_on else NONE)
                for c in paper.consultations
            ],
        )
    if paper.requests:
        title(tr("Requests to neighbouring authorities"))
        table(
            (tr("Authority"), tr("Request"), tr("Answer by")),
            [
                (r.authority, r.about, moment(r.answer_by) if r.answer_by else NONE)
                for r in paper.requests
            ],
        )


def _hash(paper: OrderPaper) -> None:
    digest = paper.annex_sha256
    if not digest:
        return
    title(tr("Sealed annex"))
    said = " ".join(digest[i : i + HASH_GROUP] for i in range(0, len(digest), HASH_GROUP))
    words = tr("The order prints the SHA-256 hash of its evidence:")
    st.html(f'<p class="sm-said">{escape(words)} <code class="sm-hash">{escape(said)}</code></p>')


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Draw a small table; on a phone each row is a block that names its cells."""
    top = "".join(f'<th scope="col">{escape(name)}</th>' for name in head)
    body = "".join(
        "<tr>"
        + "".join(
            f'<td data-of="{escape(name)}">{escape(cell)}</td>'
            for name, cell in zip(head, row, strict=True)
        )
        + "</tr>"
        for row in rows
    )
    st.html(
        f'<div class="sm-rows-frame"><table class="sm-rows"><thead><tr>{top}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )
