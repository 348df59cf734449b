"""The tables of an order, in the language in use."""

from __future__ import annotations

from collections.abc import Mapping

from zoning.i18n.catalogue import tr
from zoning.orders.paper import OrderPaper
from zoning.writers.papers.booth_ranges import booth_ranges
from zoning.writers.papers.sheet import Cell, Chip, Table
from zoning.writers.papers.words import Wording, day, moment
from zoning.writers.papers.zone_words import (
    ZoneWord,
    category_words,
    place_word,
    zone_words,
)

NONE = "–"


def units_table(paper: OrderPaper, say: Wording) -> Table:
    """Return the zones of the units, before the order and from then on."""
    words = zone_words(paper.levels)
    return Table(
        (tr("Ward or gram panchayat"), tr("Code"), tr("Zone before"), tr("Zone from now on")),
        (4.2, 2, 2, 2.2),
        tuple(
            (
                say.say(unit.name),
                unit.unit_id,
                _zone(unit.zone_before, words),
                _zone(unit.zone_after, words),
            )
            for unit in paper.units
        ),
    )


def zones_table(paper: OrderPaper, say: Wording) -> Table:
    """Return containment zones and buffers, a row for each unit in which they lie."""
    words = category_words()
    rows: list[tuple[Cell, ...]] = []
    for zone in paper.zones:
        word = None if zone.category is None else words[zone.category]
        released = day(zone.earliest_release_on) if zone.earliest_release_on else NONE
        for part in zone.parts:
            rows.append(
                (
                    f"{zone.zone_id} · {say.say(zone.place)}" if zone.place else zone.zone_id,
                    tr("none any more") if word is None else Chip.of(word.label, word.style),
                    f"{say.say(part.unit_name)} ({part.unit_id})",
                    booth_ranges(part.booth_ids),
                    released,
                )
            )
    return Table(
        (
            tr("Zone"),
            tr("Category"),
            tr("Ward or gram panchayat"),
            tr("Booths"),
            tr("Not released before"),
        ),
        (2.5, 1.9, 2.5, 2.6, 1.6),
        tuple(rows),
    )


def measures_table(paper: OrderPaper, say: Wording) -> Table:
    """Return what holds where, clause by clause."""
    return Table(
        (tr("Where"), tr("Section"), tr("What holds")),
        (1.8, 2.6, 7.5),
        tuple(
            (
                place_word(measure.where),
                f"{measure.memo} · {measure.section}" if measure.memo else measure.section,
                _clause(say.say(measure.heading), say.say(measure.text)),
            )
            for measure in paper.measures
        ),
    )


def directions_table(paper: OrderPaper, say: Wording) -> Table:
    """Return who has to do what by when."""
    return Table(
        (tr("Direction"), tr("Action by"), tr("By when")),
        (5, 2.6, 2),
        tuple(
            (
                say.say(direction.text),
                say.say(direction.action_by),
                moment(direction.by_when) if direction.by_when else NONE,
            )
            for direction in paper.directions
        ),
    )


def gates_table(paper: OrderPaper, say: Wording) -> Table:
    """Return the ways through the cordons."""
    return Table(
        (tr("Zone"), tr("Gate"), tr("Hours"), tr("For emergencies")),
        (2.4, 4, 2, 2.4),
        tuple(
            (
                gate.zone_id,
                say.say(gate.place),
                say.say(gate.hours),
                tr("Medical exit, open at any hour") if gate.is_medical_exit else NONE,
            )
            for gate in paper.gates
        ),
    )


def commanders_table(paper: OrderPaper, say: Wording) -> Table:
    """Return who commands where."""
    return Table(
        (tr("Zone"), tr("Name"), tr("Office"), tr("Telephone")),
        (2.4, 3, 3.4, 2),
        tuple(
            (
                ", ".join(commander.zone_ids) or tr("All zones of this order"),
                say.say(commander.name),
                say.say(commander.office),
                commander.phone,
            )
            for commander in paper.commanders
        ),
    )


def consultations_table(paper: OrderPaper, say: Wording) -> Table:
    """Return who was consulted."""
    return Table(
        (tr("Office"), tr("Reference"), tr("Date")),
        (5, 3, 2),
        tuple(
            (say.say(told.office), told.reference, day(told.held_on) if told.held_on else NONE)
            for told in paper.consultations
        ),
    )


def requests_table(paper: OrderPaper, say: Wording) -> Table:
    """Return what neighbouring authorities are asked for."""
    return Table(
        (tr("Authority"), tr("Request"), tr("Answer by"), tr("Answer")),
        (2.8, 4, 2, 1.8),
        tuple(
            (
                say.say(request.authority),
                say.say(request.about),
                moment(request.answer_by) if request.answer_by else NONE,
                say.say(request.answer) or tr("none yet"),
            )
            for request in paper.requests
        ),
    )


def _zone(key: str, words: Mapping[str, ZoneWord]) -> Cell:
    word = words.get(key)
    return Chip.of(word.label, word.style) if word else (key or NONE)


def _clause(heading: str, text: str) -> str:
    if not heading:
        return text
    return f"{heading.rstrip(' :')}: {text}"
