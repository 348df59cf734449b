"""What an order still lacks before it may be signed, a sentence each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime

from zoning.clock import today_ist
from zoning.i18n.catalogue import tr
from zoning.i18n.forms import day, moment
from zoning.model import Category
from zoning.orders.count_words import told_counts
from zoning.orders.paper import OrderPaper, Signatory
from zoning.orders.zone_terms import unmet_in_zone


def missing_for_signature(paper: OrderPaper, at: datetime) -> tuple[str, ...]:
    """Return what stands against signing an order.

    Parameters
    ----------
    paper : OrderPaper
        Its public part, with the hash of its annex.
    at : datetime
        Moment of the signature, with offset.

    Returns
    -------
    tuple of str
        A sentence for each lack, in the sequence in which an order is read; empty if it may be
        signed.
    """
    return (
        *_head(paper),
        *_signatory(paper.signatory, at),
        *_moments(paper, at),
        *missing_of_areas(paper),
        *_evidence(paper),
        *_counts(paper),
    )


def missing_of_text(paper: OrderPaper, at: datetime) -> tuple[str, ...]:
    """Return what stands against the words of an order: head, moments, directions, counts in them.

    Its signatory, what it declares, and its annex aren't looked at.
    """
    return (*_head(paper), *_moments(paper, at), *_directions(paper), *_counts(paper))


def missing_of_areas(paper: OrderPaper) -> tuple[str, ...]:
    """Return what stands against what an order declares: units, zones, gates, commanders."""
    return (*_substance(paper), *_directions(paper), *_zones(paper))


def missing_of_terms(paper: OrderPaper) -> tuple[str, ...]:
    """Return what stands against an order beside what `steps.lacks` says of its draft.

    That is its ends that aren't set, what it declares, and counts in its public text.
    """
    return (*_ends_unset(paper), *missing_of_areas(paper), *_counts(paper))


def _head(paper: OrderPaper) -> Iterator[str]:
    if not paper.number.strip():
        yield tr("The order has no number.")
    if not paper.title.strip():
        yield tr("The order has no subject.")
    if not paper.act.strip():
        yield tr("The order names no act under which it is made.")
    if not paper.reason.strip():
        yield tr("The order gives no reason.")
    if not paper.authority.strip():
        yield tr("The order doesn't say which authority makes it.")
    if not paper.district.strip():
        yield tr("The order doesn't say in which district it holds.")
    if paper.number in paper.supersedes:
        yield tr("Order {number} says that it supersedes itself.", number=paper.number)


def _signatory(signatory: Signatory | None, at: datetime) -> Iterator[str]:
    if signatory is None or not signatory.name.strip():
        yield tr("Nobody is named to sign the order.")
        return
    if not signatory.designation.strip():
        yield tr("The designation of {name} isn't told.", name=signatory.name)
    today = today_ist(at)
    if signatory.holds_until is not None and signatory.holds_until < today:
        yield tr(
            "{name} held the office of {designation} until {day} and can't sign any more.",
            name=signatory.name,
            designation=signatory.designation,
            day=day(signatory.holds_until),
        )
    if signatory.holds_from is not None and signatory.holds_from > today:
        yield tr(
            "{name} holds the office of {designation} from {day} on and can't sign yet.",
            name=signatory.name,
            designation=signatory.designation,
            day=day(signatory.holds_from),
        )


def _moments(paper: OrderPaper, at: datetime) -> Iterator[str]:
    if paper.effective_at < at:
        yield tr(
            "The order would take effect in the past, on {moment}.",
            moment=moment(paper.effective_at),
        )
    if paper.effective_at < paper.issued_at:
        yield tr(
            "The order would take effect on {effective}, before it is issued on {issued}.",
            effective=moment(paper.effective_at),
            issued=moment(paper.issued_at),
        )
    yield from _ends_unset(paper)
    if paper.review_at is not None and paper.review_at <= paper.effective_at:
        yield tr(
            "The order would be reviewed on {review}, before it takes effect.",
            review=moment(paper.review_at),
        )
    if paper.expires_at is None:
        return
    if paper.expires_at <= paper.effective_at:
        yield tr(
            "The order would expire on {expiry}, before it takes effect.",
            expiry=moment(paper.expires_at),
        )
    elif paper.review_at is not None and paper.review_at > paper.expires_at:
        yield tr(
            "The order would be reviewed on {review}, after it has expired.",
            review=moment(paper.review_at),
        )


def _ends_unset(paper: OrderPaper) -> Iterator[str]:
    if paper.review_at is None:
        yield tr("No day is set on which the order is reviewed.")
    if paper.expires_at is None:
        yield tr("No moment is set at which the order expires.")


def _substance(paper: OrderPaper) -> Iterator[str]:
    if not (paper.units or paper.zones or paper.measures or paper.directions):
        yield tr("The order orders nothing: it has no unit, zone, measure or direction.")
    for unit_id in _double(unit.unit_id for unit in paper.units):
        yield tr("The order declares the zone of unit {unit} twice.", unit=unit_id)
    for unit in paper.units:
        if not unit.zone_after.strip():
            yield tr("The order doesn't say which zone unit {unit} becomes.", unit=unit.unit_id)


def _directions(paper: OrderPaper) -> Iterator[str]:
    for direction in paper.directions:
        if not direction.action_by.strip():
            yield tr("Nobody is named to act on the direction “{text}”.", text=direction.text)
        if direction.by_when is not None and direction.by_when < paper.effective_at:
            yield tr(
                "The direction “{text}” would be due on {due}, before the order takes effect.",
                text=direction.text,
                due=moment(direction.by_when),
            )


def _zones(paper: OrderPaper) -> Iterator[str]:
    sealed = paper.sealed_zones()
    for zone in paper.zones:
        if not any(part.booth_ids for part in zone.parts):
            yield tr("Zone {zone} has no booth.", zone=zone.zone_id)
    known = {zone.zone_id for zone in paper.zones}
    for zone_id in _double(zone.zone_id for zone in sealed):
        yield tr("The order declares zone {zone} twice.", zone=zone_id)
    booths = (booth for zone in paper.zones for part in zone.parts for booth in part.booth_ids)
    for booth_id in _double(booths):
        yield tr("Booth {booth} lies in two zones of the order, or in one twice.", booth=booth_id)
    for zone in sealed:
        for _, sentence in unmet_in_zone(zone.zone_id, paper.gates, paper.commanders):
            yield sentence
    for commander in paper.commanders:
        if not commander.phone.strip():
            yield tr("Incident commander {name} has no telephone number.", name=commander.name)
    for gate in paper.gates:
        if not gate.zone_id:
            yield tr("The gate “{place}” names no containment zone.", place=gate.place)
    told = [gate.zone_id for gate in paper.gates if gate.zone_id]
    told += [zone_id for commander in paper.commanders for zone_id in commander.zone_ids]
    for zone_id in dict.fromkeys(told):
        if zone_id not in known:
            yield tr(
                "A gate or commander belongs to zone {zone}, which the order doesn't declare.",
                zone=zone_id,
            )
    if sealed and not any(m.where == Category.AFFECTED for m in paper.measures):
        yield tr("The order says nothing of what holds in category A.")


def _evidence(paper: OrderPaper) -> Iterator[str]:
    if not paper.annex_sha256:
        yield tr("The order prints no hash of a sealed annex with its evidence.")


def _counts(paper: OrderPaper) -> Iterator[str]:
    for text in _public_texts(paper):
        for piece in told_counts(text):
            yield tr(
                "The public text tells a count (“{piece}”); in a zone of one house a count is a "
                "person. Move it to the sealed annex.",
                piece=piece,
            )


def _public_texts(paper: OrderPaper) -> tuple[str, ...]:
    told = (
        paper.title,
        paper.reason,
        *paper.closing,
        *(direction.text for direction in paper.directions),
        *(request.about for request in paper.requests),
    )
    others = (texts.get(text, "") for texts in paper.translations.values() for text in told)
    return (*told, *others)


def _double(keys: Iterator[str]) -> list[str]:
    return [key for key, n in Counter(keys).items() if n > 1]
