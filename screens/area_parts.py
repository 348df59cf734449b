"""Parts of the area's screen: what changed, containment zones with gates, units, deviations."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

import streamlit as st

from screens.area_words import coming_words, dialled, gate_words, zone_sentences, zone_word
from screens.deviations_words import state_word, summary, unit_word
from screens.plain import say, title
from zoning.i18n.catalogue import tr, tr_n
from zoning.i18n.forms import moment, number
from zoning.measures.clauses import Activity
from zoning.model import Zone
from zoning.orders.paper import Commander
from zoning.symbols.palette import zone_styles
from zoning.symbols.swatch import area_svg, as_data_uri
from zoning.workflow.area_desk import AreaSeen
from zoning.workflow.area_state import ZoneHere

SHOWN = 5


def accents() -> None:
    """Tell the style sheet the colours that Streamlit's theme doesn't: words on buttons, ground."""
    dark, light = "#10151c", "#ffffff"
    ground = dark if st.context.theme.type == "dark" else light
    st.html(f"<style>:root {{ --sm-on-accent: {ground}; --sm-ground: {ground}; }}</style>")


def call_link(commander: Commander) -> str:
    """Return a link that calls a commander; the words alone where no number is told."""
    said = tr("{name}, {office}", name=commander.name, office=commander.office)
    to = dialled(commander.phone)
    if not to:
        return f"<p>{escape(said)} · {escape(tr('no telephone told'))}</p>"
    label = tr(
        "Call {name}, {office}: {phone}",
        name=commander.name,
        office=commander.office,
        phone=commander.phone,
    )
    return f'<a class="sm-call" href="tel:{escape(to)}">☏ {escape(label)}</a>'


def changed(seen: AreaSeen) -> None:
    """Draw what changed since the moment asked for, and what comes."""
    changes = seen.changes
    entries = [coming_words(one) for one in changes.coming]
    entries += [
        tr(
            "Order {number} is in force since {when}: {title}.",
            number=record.order.number,
            when=moment(max(record.published_at, record.order.effective_at)),
            title=record.order.title,
        )
        for record in changes.orders
    ]
    entries += [
        tr("Order {number} has ended: {title}.", number=r.order.number, title=r.order.title)
        for r in changes.ended_orders
    ]
    if changes.opened:
        entries.append(
            tr_n(
                "{n} containment zone is new: {zones}.",
                "{n} containment zones are new: {zones}.",
                len(changes.opened),
                zones=tr(", ").join(changes.opened),
            )
        )
    if changes.ended:
        entries.append(
            tr_n(
                "{n} containment zone has ended: {zones}.",
                "{n} containment zones have ended: {zones}.",
                len(changes.ended),
                zones=tr(", ").join(changes.ended),
            )
        )
    title(tr("What changed, and what comes"))
    if changes.is_quiet:
        say(
            tr("Nothing since {when}, and nothing is known to come.", when=moment(changes.since)),
            "sm-quiet",
        )
        return
    if entries:
        st.html(_bullets(entries))
    groups: dict[tuple[str, str], list[str]] = {}
    for one in changes.units:
        name = unit_word(one.unit_id, {one.unit_id: one.name})
        groups.setdefault((one.before, one.after), []).append(name)
    for zones, names in groups.items():
        st.html(_moved(*zones, names))


def _moved(before: str, after: str, names: list[str]) -> str:
    """Return units that changed alike; many are folded, so that what else changed is seen."""
    words = tr_n(
        "{n} unit: {before} became {after}",
        "{n} units: {before} became {after}",
        len(names),
        before=zone_word(before),
        after=zone_word(after),
    )
    is_open = " open" if len(names) <= SHOWN else ""
    return (
        f'<div class="sm-told"><details{is_open}><summary>{escape(words)}</summary>'
        f"{_bullets(sorted(names))}</details></div>"
    )


def containment(seen: AreaSeen) -> None:
    """Draw the containment zones of the area, each with who commands it and its gates."""
    title(tr("Containment zones"))
    zones = seen.state.zones_here
    if not zones:
        say(tr("No booth of the area is in Category A by an order in force."), "sm-quiet")
    for zone in zones:
        st.html(_zone(zone))
    if seen.state.buffer_booths:
        say(
            tr_n(
                "{n} booth of the area lies in a buffer (Category B).",
                "{n} booths of the area lie in a buffer (Category B).",
                seen.state.buffer_booths,
            ),
            "sm-quiet",
        )


def _zone(zone: ZoneHere) -> str:
    head = (
        tr("{zone} · day {n}", zone=zone.zone_id, n=number(zone.day_number))
        if zone.day_number
        else zone.zone_id
    )
    said = "".join(f"<p>{escape(sentence)}</p>" for sentence in zone_sentences(zone))
    calls = "".join(call_link(commander) for commander in zone.commanders)
    gates = [gate_words(gate) for gate in zone.gates]
    no_one = "" if calls else f"<p>{escape(tr('No commander is named by an order in force.'))}</p>"
    no_gate = "" if gates else f"<p>{escape(tr('No gate is named by an order in force.'))}</p>"
    return (
        f'<article class="sm-zone" id="{escape(zone.zone_id)}"><h3>{escape(head)}</h3>'
        f"{said}{calls}{no_one}"
        f"{_bullets(gates) if gates else no_gate}</article>"
    )


def units(seen: AreaSeen) -> None:
    """Draw the units of the area by zone."""
    title(tr("Units by zone"))
    groups: dict[str, list[str]] = {}
    for code, zone in seen.state.zone.items():
        groups.setdefault(zone, []).append(unit_word(code, seen.state.names))
    parts = []
    styles = zone_styles(seen.levels)
    rank = {zone: at for at, zone in enumerate(seen.levels)}
    for zone, n in sorted(
        seen.state.counts().items(), key=lambda item: (rank.get(item[0], len(rank)), item[0])
    ):
        style = styles.get(zone, styles[Zone.UNCLASSIFIED.value])
        image = f'<img src="{as_data_uri(area_svg(style))}" alt="">'
        listed = _bullets(sorted(groups[zone]))
        words = tr("{n} {zone}", n=number(n), zone=zone_word(zone))
        parts.append(f"<details><summary>{image} {escape(words)}</summary>{listed}</details>")
    st.html(f'<div class="sm-told sm-units">{"".join(parts)}</div>')


def deviations(seen: AreaSeen, known: Mapping[str, Activity]) -> None:
    """Draw how the register of the area stands, and its newest entries."""
    title(tr("Deviations"))
    say(summary(seen.register, seen.at))
    entries = []
    for row in seen.register.listed[:SHOWN]:
        new = row.deviation.new
        label = known[new.activity].label if new.activity in known else new.activity
        entries.append(
            tr(
                "{state} · {where}, {unit}: {activity}, {when}",
                state=state_word(row.state),
                where=new.premises or new.place,
                unit=seen.state.names.get(new.unit_id) or new.unit_id,
                activity=label,
                when=moment(new.happened_at),
            )
        )
    if entries:
        st.html(_bullets(entries))


def _bullets(entries: list[str]) -> str:
    return f'<ul class="sm-list">{"".join(f"<li>{escape(one)}</li>" for one in entries)}</ul>'
