"""An order that is in the books as papers: what was signed, word for word, and its map."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from zoning.model import Category, Units
from zoning.orders.offices import designation, letter_head, office_word
from zoning.orders.paper import OrderedZone, OrderPaper, UnitChange, ZonePart
from zoning.orders.parts import OrderParts
from zoning.store.boundaries import read_units
from zoning.store.engine import Store
from zoning.store.order_lookup import find_order
from zoning.store.order_parts import parts_of_order
from zoning.store.orders import OrderKind, OrderRecord
from zoning.workflow.declared import Declared, declared_by
from zoning.workflow.ground import GroundShelf
from zoning.workflow.order_maps import map_layers
from zoning.workflow.sealing_papers import content_of, parts_of
from zoning.writers.papers.words import LANGUAGES, in_language

if TYPE_CHECKING:
    from zoning.writers.papers.map_layers import MapLayers
    from zoning.writers.papers.written import Written

SIGNED_IN = "en"
"""Language in which orders are signed; the other is a translation of it."""


def write_papers(
    store: Store,
    shelf: GroundShelf,
    number: str,
    out: Path,
    languages: Sequence[str] = LANGUAGES,
) -> Written:
    """Write the public papers of an order: PDF, HTML and JSON, map and press note.

    A signed order prints as it was signed, with the hash of its annex; the same order gives the
    same bytes. One that wasn't sealed here, because a file brought it in or it is older than the
    sealing, prints as a draft.

    Raises
    ------
    OrderError
        If there is no such order.
    OutputError
        If a language isn't printed, or the folder can't be written or holds other papers.
    """
    # Typst is a large library, and only papers need it.
    from zoning.writers.papers.written import write_public

    with store.reading() as session:
        paper, layers = paper_and_map(session, shelf, find_order(session, number))
    return write_public(paper, layers, out, languages)


def paper_and_map(
    session: Session, shelf: GroundShelf, record: OrderRecord
) -> tuple[OrderPaper, MapLayers | None]:
    """Return the public part of an order, and what its map is drawn from."""
    told = declared_by(session, record)
    return order_paper(session, record, told), map_layers(session, shelf, told)


def order_paper(session: Session, record: OrderRecord, told: Declared) -> OrderPaper:
    """Return the public part of an order in the books."""
    stored = parts_of_order(session, record.order_id)
    if stored is None:
        content = content_of(record.order)
        parts = parts_of(session, told, content, (), (), record.published_at)
        return paper_of(session, told, parts, is_draft=True)
    return paper_of(session, told, stored.parts, annex_sha256=stored.annex_sha256)


def paper_of(
    session: Session,
    told: Declared,
    parts: OrderParts,
    *,
    annex_sha256: str = "",
    is_draft: bool = False,
) -> OrderPaper:
    """Return the public part of an order or of a draft, with the words of the house translated."""
    translations = {
        code: texts for code in LANGUAGES if code != SIGNED_IN and (texts := _said_in(code, parts))
    }
    units = read_units(session, told.edition_id)
    order, signed = told.order, parts.signed_by
    with in_language(SIGNED_IN):
        office = designation(signed.role, signed.area, is_acting=signed.is_acting)
        head = letter_head(signed.role, signed.area, parts.state) or (signed.name,)
        consultations = tuple(replace(c, office=office_word(c.office)) for c in parts.consultations)
    return OrderPaper(
        number=order.number,
        title=order.title,
        act=order.act,
        reason=order.reason,
        authority="\n".join(head),
        district=parts.district,
        signatory=signed.as_signatory(office),
        issued_at=told.published_at,
        effective_at=order.effective_at,
        review_at=order.review_at,
        expires_at=order.expires_at,
        supersedes=parts.supersedes,
        units=_changes(told, parts.zone_before, units),
        zones=_zones(told, parts.release_on, units),
        measures=parts.measures,
        directions=parts.directions,
        gates=parts.gates,
        commanders=parts.commanders,
        consultations=consultations,
        requests=parts.requests,
        closing=parts.closing,
        copies_to=parts.copies_to,
        levels=parts.levels,
        annex_sha256=annex_sha256,
        is_draft=is_draft,
        language=SIGNED_IN,
        translations=translations,
    )


def _said_in(code: str, parts: OrderParts) -> dict[str, str]:
    """Return the words that this product itself put into an order, in another language."""
    own: list[dict[str, str]] = []
    for language in (SIGNED_IN, code):
        with in_language(language):
            own.append(_house_words(parts))
    return {own[0][key]: own[1][key] for key in own[0] if own[0][key] != own[1][key]}


def _house_words(parts: OrderParts) -> dict[str, str]:
    signed = parts.signed_by
    words = {"office": designation(signed.role, signed.area, is_acting=signed.is_acting)}
    for n, line in enumerate(letter_head(signed.role, signed.area, parts.state)):
        words[f"head-{n}"] = line
    for told in parts.consultations:
        words[f"asked-{told.office}"] = office_word(told.office)
    return words


def _changes(
    told: Declared, zone_before: Mapping[str, str], units: Units
) -> tuple[UnitChange, ...]:
    """Return the zone of each unit just before the order and by it."""
    name = dict(zip(units.unit_id.tolist(), units.name.tolist(), strict=True))
    return tuple(
        UnitChange(str(unit), name.get(unit, ""), zone_before.get(unit, ""), str(after))
        for unit, after in zip(told.unit_id, told.zone, strict=True)
    )


def _zones(told: Declared, release_on: Mapping[str, date], units: Units) -> tuple[OrderedZone, ...]:
    """Return the containment zones of the order, and the booths around them as one buffer.

    An order of release tells of every booth what it becomes.
    """
    name = dict(zip(units.unit_id.tolist(), units.name.tolist(), strict=True))
    shown = {Category.AFFECTED.value, Category.BUFFER.value}
    if told.kind is OrderKind.RELEASE:
        shown |= {Category.CLEAN.value, ""}
    booths = told.booths
    zones: dict[tuple[str, str], dict[str, list[str]]] = {}
    for booth, unit, category, zone_id in zip(
        booths.booth_id, booths.unit_id, booths.category, booths.zone_id, strict=True
    ):
        if category in shown:
            key = (zone_id if category == Category.AFFECTED.value else "", str(category))
            zones.setdefault(key, {}).setdefault(str(unit), []).append(str(booth))
    return tuple(
        OrderedZone(
            zone_id or told.order.number,
            Category(category) if category else None,
            tuple(
                ZonePart(unit, name.get(unit, ""), tuple(sorted(ids)))
                for unit, ids in sorted(parts.items())
            ),
            earliest_release_on=release_on.get(zone_id),
        )
        for (zone_id, category), parts in sorted(zones.items())
    )
