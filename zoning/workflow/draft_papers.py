"""A draft as it would print: what it would declare now; every page says that it isn't in force."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from sqlalchemy.orm import Session

from zoning.i18n.catalogue import tr
from zoning.model import Texts
from zoning.orders.draft import DraftContent, DraftKind
from zoning.orders.paper import OrderPaper
from zoning.store.consultations import consultations_of, latest_round
from zoning.store.engine import Store
from zoning.store.order_booths import DeclaredBooths
from zoning.store.orders import NewOrder, OrderKind
from zoning.workflow.actor import Who
from zoning.workflow.decided_booths import decided_booths
from zoning.workflow.decided_zones import decided_zones
from zoning.workflow.declared import Declared
from zoning.workflow.draft import Draft, found
from zoning.workflow.ground import GroundShelf
from zoning.workflow.order_maps import map_layers
from zoning.workflow.order_papers import paper_of
from zoning.workflow.sealing_papers import parts_of
from zoning.writers.papers.words import LANGUAGES

if TYPE_CHECKING:
    from zoning.writers.papers.map_layers import MapLayers
    from zoning.writers.papers.written import Written


def write_draft_papers(
    store: Store,
    shelf: GroundShelf,
    draft_id: int,
    out: Path,
    at: datetime,
    who: Who,
    languages: Sequence[str] = LANGUAGES,
    *,
    self_delineating: AbstractSet[str] = frozenset(),
) -> Written:
    """Write the papers of a draft; every page says that it isn't in force.

    Raises
    ------
    AccessError
        If there is no such draft that they may see.
    OrderError
        If it would declare nothing, or decides on what there isn't.
    OutputError
        If a language isn't printed, or the folder can't be written or holds other papers.
    """
    from zoning.writers.papers.written import write_public

    with store.reading() as session:
        paper, layers = draft_paper(session, shelf, draft_id, at, who, self_delineating)
    return write_public(paper, layers, out, languages)


def draft_paper(
    session: Session,
    shelf: GroundShelf,
    draft_id: int,
    at: datetime,
    who: Who,
    self_delineating: AbstractSet[str] = frozenset(),
) -> tuple[OrderPaper, MapLayers | None]:
    """Return the public part of a draft as it would print now, and what its map is drawn from.

    Raises
    ------
    AccessError
        If there is no such draft that they may see.
    OrderError
        If it would declare nothing, or decides on what there isn't.
    """
    draft = found(session, draft_id, who, at)
    paper, told = printed_draft(session, shelf, draft, at, who, self_delineating)
    return paper, map_layers(session, shelf, told)


def printed_draft(
    session: Session,
    shelf: GroundShelf,
    draft: Draft,
    at: datetime,
    who: Who,
    self_delineating: AbstractSet[str] = frozenset(),
) -> tuple[OrderPaper, Declared]:
    """Return the public part of a draft that was found for somebody, and what it would declare.

    Raises
    ------
    OrderError
        If it would declare nothing, or decides on what there isn't.
    """
    told = _declared(session, shelf, draft, at, who, self_delineating)
    asked = latest_round(consultations_of(session, (draft.draft_id,)))
    parts = parts_of(session, told, draft.content, asked, (), at)
    return paper_of(session, told, parts, is_draft=True), told


def _declared(
    session: Session,
    shelf: GroundShelf,
    draft: Draft,
    at: datetime,
    who: Who,
    self_delineating: AbstractSet[str],
) -> Declared:
    order = _head(draft.content, draft.name, at)
    begins = max(order.effective_at, at)
    none: Texts = np.empty(0, dtype=object)
    unit_id, zone, booths = none, none, DeclaredBooths(none, none, none, none)
    if draft.kind is DraftKind.ZONES:
        zones = decided_zones(session, draft, begins)
        unit_id, zone = zones.unit_id, zones.zone
    else:
        decided = decided_booths(session, shelf, draft, begins, at, who, self_delineating)
        booths = decided.declared
    return Declared(
        order,
        OrderKind(draft.kind.value),
        draft.edition_id,
        draft.run_id,
        draft.delineation_id,
        at,
        unit_id,
        zone,
        booths,
    )


def _head(content: DraftContent, name: str, at: datetime) -> NewOrder:
    """Return the head of a draft; what isn't written yet is said to be open."""
    to_come = tr("to be written")
    return NewOrder(
        content.number.strip() or name,
        content.title.strip() or to_come,
        content.act.strip() or to_come,
        content.reason.strip() or to_come,
        content.signatory.strip() or to_come,
        content.effective_at or at,
        content.review_at,
        content.expires_at,
    )
