"""What is said of a containment zone: what it costs, whose consent it needs, what became of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from zoning.clock import today_ist
from zoning.i18n.catalogue import tr, tr_n
from zoning.i18n.forms import day, figure, number
from zoning.judgement.consents import Consent, Crossing
from zoning.judgement.policy import M_PER_KM
from zoning.judgement.zone_events import EventKind
from zoning.model import Category
from zoning.store.lineage import ZoneStep
from zoning.workflow.weighing import DrawnZones

LAKH, CRORE = 100_000, 10_000_000
PERCENT = 100


def people_words(people: float, *, is_complete: bool) -> str:
    """Return a number of people as it is said: 3.4 lakh; `at least` where some are unknown."""
    if np.isnan(people):
        return tr("an unknown number of people")
    said = many(people)
    if is_complete:
        return tr_n("{said} person", "{said} people", int(people), said=said)
    return tr_n("at least {said} person", "at least {said} people", int(people), said=said)


def many(value: float) -> str:
    """Return a number in the words of India from a lakh on: 3.4 lakh, 1.2 crore."""
    if value >= CRORE:
        return tr("{n} crore", n=figure(value / CRORE))
    if value >= LAKH:
        return tr("{n} lakh", n=figure(value / LAKH))
    return number(value)


def zone_sentences(zones: DrawnZones, at: int) -> tuple[str, ...]:
    """Return what one zone means, in sentences."""
    it = zones.weighed.zones
    if not it.n_booths_a[at]:
        people = people_words(it.population_b[at], is_complete=it.n_unknown_b[at] == 0)
        return (
            tr_n(
                "{n} booth of your area lies in its buffer (B), where {people} live.",
                "{n} booths of your area lie in its buffer (B), where {people} live.",
                int(it.n_booths_b[at]),
                people=people,
            ),
        )
    said = [
        tr_n(
            "{n} booth is affected (A); in the buffer of {buffer} m (B): {b}.",
            "{n} booths are affected (A); in the buffer of {buffer} m (B): {b}.",
            int(it.n_booths_a[at]),
            b=number(int(it.n_booths_b[at])),
            buffer=figure(zones.divided.buffer_m),
        ),
        tr(
            "In A live {people_a}, in B {people_b}.",
            people_a=people_words(it.population_a[at], is_complete=it.n_unknown_a[at] == 0),
            people_b=people_words(it.population_b[at], is_complete=it.n_unknown_b[at] == 0),
        ),
        _workers(zones, at),
        _cases(zones, at),
        tr("The line to be guarded is {km} km long.", km=_km(zones.perimeter_m[at])),
    ]
    inside = int(it.hospitals_a[at] + it.hospitals_b[at])
    if inside:
        said.append(
            tr_n(
                "{n} hospital lies inside, and the cordon has to let it work.",
                "{n} hospitals lie inside, and the cordon has to let them work.",
                inside,
            )
        )
    return tuple(said)


def beyond_sentence(n_booths: int) -> str:
    """Return that a zone goes on beyond the area of whoever looks."""
    return tr_n(
        "It goes on beyond your area, where {n} booth more is affected: its figures here are of "
        "your part alone.",
        "It goes on beyond your area, where {n} booths more are affected: its figures here are of "
        "your part alone.",
        n_booths,
    )


def _workers(zones: DrawnZones, at: int) -> str:
    it = zones.weighed.zones
    if np.isnan(it.households_a[at]):
        return tr("Houses and workers can't be told: nobody's number is known in A.")
    norms = tr(", ").join(
        tr(
            "{workers} at {houses} houses each",
            workers=number(float(of_zone[at])),
            houses=houses,
        )
        for houses, of_zone in it.workers.items()
    )
    return tr(
        "Its {houses} houses need workers for the round from house to house: {norms}.",
        houses=number(float(it.households_a[at])),
        norms=norms,
    )


def _cases(zones: DrawnZones, at: int) -> str:
    it = zones.weighed.zones
    cases = int(it.cases[at])
    if not cases or np.isnan(it.share_of_cases[at]):
        return tr("It captures no case that is placed in a booth.")
    share = figure(float(it.share_of_cases[at]) * PERCENT, 0)
    if not np.isfinite(it.people_per_case[at]):
        return tr_n(
            "It captures {n} case, {share} % of those in its units.",
            "It captures {n} cases, {share} % of those in its units.",
            cases,
            share=share,
        )
    return tr_n(
        "It captures {n} case, {share} % of those in its units, and restricts {people} people for "
        "each.",
        "It captures {n} cases, {share} % of those in its units, and restricts {people} people for "
        "each.",
        cases,
        share=share,
        people=number(float(it.people_per_case[at])),
    )


def _km(metres: float) -> str:
    return figure(metres / M_PER_KM)


def consent_sentence(consents: Sequence[Consent], names: Mapping[str, str]) -> str:
    """Return whose consent the parts of a zone beyond one line need, or why none.

    Parameters
    ----------
    consents : sequence of Consent
        The parts; of one authority and one line.
    names : mapping of str to str
        Units of all levels by code.
    """
    first = consents[0]
    part = _parts(consents)
    authority = _named(first.authority_unit_id, names)
    if not first.is_needed:
        return tr("No consent needed, but tell the wards: {part}.", part=part)
    if not authority:
        return tr(
            "Somebody has to consent, and who isn't known, as the units above aren't: {part}.",
            part=part,
        )
    if first.crossing is Crossing.DISTRICT:
        return tr(
            "{authority} has to consent, across the district line: {part}.",
            authority=authority,
            part=part,
        )
    return tr(
        "{authority} has to consent, across the line of its local body: {part}.",
        authority=authority,
        part=part,
    )


def _parts(consents: Sequence[Consent]) -> str:
    a, b = (
        sum(c.n_booths for c in consents if c.category == category.value)
        for category in (Category.AFFECTED, Category.BUFFER)
    )
    known = np.array([c.population for c in consents])
    people = np.nan if np.isnan(known).all() else float(np.nansum(known))
    said = people_words(people, is_complete=not any(c.n_unknown for c in consents))
    if not a:
        return tr_n("{n} booth of B, {people}", "{n} booths of B, {people}", b, people=said)
    if not b:
        return tr_n("{n} booth of A, {people}", "{n} booths of A, {people}", a, people=said)
    return tr("{a} A and {b} B booths, {people}", a=number(a), b=number(b), people=said)


def consent_part(consent: Consent, names: Mapping[str, str]) -> str:
    """Return the part of a zone in one unit beyond a line."""
    return tr_n(
        "{unit}: {n} booth of {category}, {people}.",
        "{unit}: {n} booths of {category}, {people}.",
        consent.n_booths,
        unit=_named(consent.unit_id, names) or tr("ground of no unit"),
        category=consent.category,
        people=people_words(consent.population, is_complete=consent.n_unknown == 0),
    )


def _named(code: str, names: Mapping[str, str]) -> str:
    if not code:
        return ""
    name = names.get(code, "")
    return tr("{name} ({code})", name=name, code=code) if name and name != code else code


def life_sentences(steps: Sequence[ZoneStep]) -> tuple[str, ...]:
    """Return what became of a zone, oldest first; proposals that changed nothing are left out."""
    told = tuple(
        tr(
            "{day}: {what} {how}",
            day=day(today_ist(step.computed_at)),
            what=event_sentence(
                step.kind, step.from_ids, step.into_ids, step.n_before, step.n_after
            ),
            how=tr("In force by {order}.", order=step.order_number)
            if step.order_number
            else tr("Proposed only."),
        )
        for step in steps
        if step.kind != EventKind.UNCHANGED or step.order_number
    )
    return told or (tr("Put in force without a delineation: its life isn't known."),)


def event_sentence(
    kind: str,
    from_ids: tuple[str, ...],
    into_ids: tuple[str, ...],
    n_before: int,
    n_after: int,
) -> str:
    """Return what became of a zone, in one sentence that doesn't name the zone itself."""
    sources, goals = ", ".join(from_ids), ", ".join(into_ids)
    match EventKind(kind):
        case EventKind.OPENED:
            return _opened(sources, n_after)
        case EventKind.MERGED:
            return tr_n(
                "Ended: its {n} booth is now in {zones}.",
                "Ended: its {n} booths are now in {zones}.",
                n_before,
                zones=goals,
            )
        case EventKind.CLOSED:
            return tr_n(
                "Ended: its {n} booth is no longer affected.",
                "Ended: its {n} booths are no longer affected.",
                n_before,
            )
        case EventKind.SPLIT:
            return tr(
                "Split: some of its {before} booths are now in {zones}, {after} remain.",
                before=n_before,
                after=n_after,
                zones=goals,
            )
        case EventKind.UNCHANGED:
            return tr_n("Unchanged: {n} booth.", "Unchanged: {n} booths.", n_after)
        case _:
            return _went_on(EventKind(kind), sources, n_before, n_after)


def _opened(sources: str, n_after: int) -> str:
    if sources:
        return tr_n(
            "Opened with {n} booth that was in {zones}.",
            "Opened with {n} booths that were in {zones}.",
            n_after,
            zones=sources,
        )
    return tr_n("Opened with {n} booth.", "Opened with {n} booths.", n_after)


def _went_on(kind: EventKind, sources: str, before: int, after: int) -> str:
    if sources:
        return tr(
            "Took in booths of {zones}; booths before: {before}, now: {after}.",
            zones=sources,
            before=before,
            after=after,
        )
    if kind is EventKind.GREW:
        return tr("Grew from {before} to {after} booths.", before=before, after=after)
    if kind is EventKind.SHRANK:
        return tr("Shrank from {before} to {after} booths.", before=before, after=after)
    return tr("Changed: {before} booths before, {after} now.", before=before, after=after)
