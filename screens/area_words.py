"""Words of the area's screen: its state in one sentence, changes, tasks, gates."""

from __future__ import annotations

import re

from zoning.i18n.catalogue import marked, tr, tr_n
from zoning.i18n.forms import day, moment, number
from zoning.model import Zone
from zoning.orders.paper import Gate
from zoning.workflow.area_changes import Coming
from zoning.workflow.area_desk import AreaSeen
from zoning.workflow.area_state import ZoneHere
from zoning.workflow.area_tasks import Task

_ZONES = {
    Zone.RED.value: marked("red"),
    Zone.ORANGE.value: marked("orange"),
    Zone.GREEN.value: marked("green"),
    Zone.UNCLASSIFIED.value: marked("unclassified"),
}
_NO_DIGIT = re.compile(r"[^\d+]")


def zone_word(zone: str) -> str:
    """Return a zone in a word; one of another rule's levels as it is called there."""
    return tr(_ZONES[zone]) if zone in _ZONES else zone


def headline(seen: AreaSeen) -> str:
    """Return how the area stands, in one sentence."""
    counts = seen.state.counts()
    total = sum(counts.values())
    zones = tr(", ").join(
        tr("{n} {zone}", n=number(n), zone=zone_word(zone)) for zone, n in _ordered(counts)
    )
    if not seen.state.orders:
        return tr("{area}: no order is in force here.", area=seen.name)
    if not seen.state.zones_here:
        return tr_n(
            "{area}: of {n} unit {zones}; no containment zone.",
            "{area}: of {n} units {zones}; no containment zone.",
            total,
            area=seen.name,
            zones=zones,
        )
    return tr_n(
        "{area}: {zones}; {n} containment zone, the oldest on day {days}.",
        "{area}: {zones}; {n} containment zones, the oldest on day {days}.",
        len(seen.state.zones_here),
        area=seen.name,
        zones=zones,
        days=number(max(zone.day_number for zone in seen.state.zones_here)),
    )


def _ordered(counts: dict[str, int]) -> list[tuple[str, int]]:
    rank = {zone: at for at, zone in enumerate(_ZONES)}
    return sorted(counts.items(), key=lambda item: (rank.get(item[0], len(rank)), item[0]))


def zone_sentences(zone: ZoneHere) -> tuple[str, ...]:
    """Return where a containment zone lies, by which order, and until when."""
    where = tr_n(
        "{where}; {n} booth here, by order {order}.",
        "{where}; {n} booths here, by order {order}.",
        zone.n_booths,
        where=tr(", ").join(zone.units),
        order=zone.number,
    )
    release = (
        tr("The order names no day of release.")
        if zone.release_on is None
        else tr("Earliest release, as ordered: {day}.", day=day(zone.release_on))
    )
    if not zone.n_booths_elsewhere:
        return where, release
    beyond = tr_n(
        "It goes on beyond your area, with {n} booth.",
        "It goes on beyond your area, with {n} booths.",
        zone.n_booths_elsewhere,
    )
    return where, beyond, release


def gate_words(gate: Gate) -> str:
    """Return a gate with its hours."""
    if gate.is_medical_exit:
        return tr(
            "✚ Medical exit: {place}, open to emergencies at any hour; otherwise {hours}.",
            place=gate.place,
            hours=gate.hours or tr("closed"),
        )
    return tr("Gate: {place}, {hours}.", place=gate.place, hours=gate.hours or tr("hours not told"))


def task_state(task: Task) -> str:
    """Return how a task stands, with a sign beside the word."""
    if task.is_done:
        return tr("✓ done")
    if task.is_overdue:
        return tr("!! overdue")
    return tr("○ to do") if task.report is None else tr("◐ not done")


def task_due(task: Task) -> str:
    """Return by when a task is due and which order says so."""
    if task.direction.by_when is None:
        return tr("{order}, no time named", order=task.number)
    return tr("{order}, by {when}", order=task.number, when=moment(task.direction.by_when))


def coming_words(one: Coming) -> str:
    """Return what is known to come, with its hour."""
    order = one.record.order
    if one.is_begin:
        return tr(
            "{when}: order {number} takes effect ({title}).",
            when=moment(one.at),
            number=order.number,
            title=order.title,
        )
    return tr(
        "{when}: order {number} runs out ({title}).",
        when=moment(one.at),
        number=order.number,
        title=order.title,
    )


def dialled(phone: str) -> str:
    """Return a telephone number as an address dials it; empty where it has no digit."""
    digits = _NO_DIGIT.sub("", phone)
    return digits if any(c.isdigit() for c in digits) else ""
