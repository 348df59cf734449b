"""Drafts of orders, step by step: begun, saved, sent to consultation, given back, approved, ended.

Every step is one transaction: right, state and version are asked, the next version and its entry in
the audit written. What is published is in `publishing_drafts`.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from zoning.errors import OrderError
from zoning.orders.draft import DraftContent, DraftKind
from zoning.orders.state import OrderState
from zoning.orders.steps import (
    Step,
    lacks,
    refuse_no_note,
    refuse_unanswered,
    refuse_unsaveable,
)
from zoning.store.drafts import get_head, latest_versions, list_heads, versions_of
from zoning.store.engine import Store
from zoning.workflow.actor import Who
from zoning.workflow.consulting import ask, round_of
from zoning.workflow.draft import (
    Draft,
    Sight,
    draft_of,
    found,
    refuse_passed_over,
    require_step,
    write_step,
)
from zoning.workflow.ground import GroundShelf
from zoning.workflow.publishing_drafts import obstacles, publish_draft
from zoning.workflow.starting import start_in
from zoning.workflow.withdrawing import withdraw_order

__all__ = [
    "Draft",
    "approve",
    "get",
    "give_back",
    "history",
    "list_drafts",
    "publish_draft",
    "remarks",
    "save",
    "send",
    "start",
    "withdraw",
    "withdraw_order",
]


def start(
    store: Store,
    kind: DraftKind,
    at: datetime,
    who: Who,
    *,
    run_id: int | None = None,
    area_unit_id: str = "",
    content: DraftContent | None = None,
    shelf: GroundShelf | None = None,
) -> Draft:
    """Begin a draft.

    Parameters
    ----------
    store : Store
        The database.
    kind : DraftKind
        `ZONES` for the whole state, `CATEGORIES` for one jurisdiction.
    at : datetime
        The present, UTC.
    who : str or Actor
        By whom.
    run_id : int or None
        What it is drafted from; the latest run by default.
    area_unit_id : str
        Jurisdiction of categories; the officer's own by default.
    content : DraftContent or None
        What it says; nothing yet by default.
    shelf : GroundShelf or None
        Where grounds are kept: categories are then drawn anew on the zones in force, else
        they are those that were proposed with the run.

    Raises
    ------
    SeemanaError
        If there is nothing to draft from, or it isn't theirs to draft.
    """
    with store.transaction() as session:
        return start_in(
            session,
            kind,
            at,
            who,
            run_id=run_id,
            area_unit_id=area_unit_id,
            content=content,
            shelf=shelf,
        )


def get(store: Store, draft_id: int, who: Who, at: datetime) -> Draft:
    """Return a draft in its latest version.

    Raises
    ------
    AccessError
        If there is no such draft that they may see.
    """
    with store.reading() as session:
        return found(session, draft_id, who, at)


def list_drafts(
    store: Store, who: Who, at: datetime, *, is_open: bool | None = None
) -> tuple[Draft, ...]:
    """Return the drafts that meet the own area, the newest first; open or ended ones if asked."""
    with store.reading() as session:
        sight = Sight(session, who, at)
        latest = latest_versions(session)
        drafts = (
            draft_of(head, latest[head.draft_id])
            for head in list_heads(session)
            if sight.reaches(head.new.kind, head.new.area_unit_id)
        )
        return tuple(d for d in drafts if is_open is None or d.is_open == is_open)


def history(store: Store, draft_id: int, who: Who, at: datetime) -> tuple[Draft, ...]:
    """Return every version of a draft, the first one first.

    Raises
    ------
    AccessError
        If there is no such draft that they may see.
    """
    with store.reading() as session:
        found(session, draft_id, who, at)
        head = get_head(session, draft_id)
        assert head is not None
        return tuple(draft_of(head, version) for version in versions_of(session, draft_id))


def remarks(store: Store, draft_id: int, who: Who, at: datetime) -> tuple[str, ...]:
    """Return what would stand against the publication of an open draft, a sentence each.

    Raises
    ------
    AccessError
        If there is no such draft that they may see.
    """
    with store.reading() as session:
        draft = found(session, draft_id, who, at)
        return obstacles(session, draft, at) if draft.is_open else ()


def save(
    store: Store, draft_id: int, version: int, content: DraftContent, at: datetime, who: Who
) -> Draft:
    """Save what a draft says; what would stand against its publication is told in `remarks`.

    Raises
    ------
    OrderError
        If it isn't a draft any more, or somebody has changed it since.
    AccessError
        If it isn't theirs to draft.
    """
    with store.transaction() as session:
        draft = found(session, draft_id, who, at, is_locked=True)
        require_step(who, draft, draft.procedure.drafts, draft.procedure.approves)
        refuse_passed_over(draft, version)
        refuse_unsaveable(draft.state)
        after = write_step(session, draft, Step.SAVE, at, who, content=content)
        return replace(after, remarks=obstacles(session, after, at))


def send(store: Store, draft_id: int, version: int, at: datetime, who: Who) -> Draft:
    """Send a draft to consultation: its offices are asked, and their clocks start.

    Raises
    ------
    OrderError
        If it isn't a draft, or somebody has changed it since.
    AccessError
        If it isn't theirs to draft.
    """
    with store.transaction() as session:
        draft = found(session, draft_id, who, at, is_locked=True)
        by = require_step(who, draft, draft.procedure.drafts, draft.procedure.approves)
        refuse_passed_over(draft, version)
        after = write_step(session, draft, Step.SEND, at, who, to=OrderState.IN_CONSULTATION)
        ask(session, after, at, by)
        return after


def give_back(
    store: Store, draft_id: int, version: int, note: str, at: datetime, who: Who
) -> Draft:
    """Make it a draft again, with a note that says why; the offices will be asked anew.

    Raises
    ------
    OrderError
        If it is a draft or ended, the note is empty, or somebody has changed it since.
    AccessError
        If it isn't theirs to draft or to approve.
    """
    with store.transaction() as session:
        draft = found(session, draft_id, who, at, is_locked=True)
        require_step(who, draft, draft.procedure.drafts, draft.procedure.approves)
        refuse_passed_over(draft, version)
        refuse_no_note(note)
        return write_step(session, draft, Step.GIVE_BACK, at, who, to=OrderState.DRAFT, note=note)


def approve(
    store: Store, draft_id: int, version: int, at: datetime, who: Who, note: str = ""
) -> Draft:
    """Approve a draft that all offices have answered.

    Raises
    ------
    OrderError
        If it isn't in consultation, an office hasn't answered, one objects and the note is empty,
        the draft lacks something, or somebody has changed it since.
    AccessError
        If it isn't theirs to approve.
    """
    with store.transaction() as session:
        draft = found(session, draft_id, who, at, is_locked=True)
        require_step(who, draft, draft.procedure.approves)
        refuse_passed_over(draft, version)
        if draft.state is OrderState.IN_CONSULTATION:
            refuse_unanswered((one.asked for one in round_of(session, draft)), note)
            for lack in lacks(draft.content, at):
                raise OrderError(lack)
        return write_step(session, draft, Step.APPROVE, at, who, to=OrderState.APPROVED, note=note)


def withdraw(store: Store, draft_id: int, version: int, note: str, at: datetime, who: Who) -> Draft:
    """End a draft that became no order, with a note that says why.

    Raises
    ------
    OrderError
        If it is published or ended, the note is empty, or somebody has changed it since.
    AccessError
        If it isn't theirs to draft or to approve.
    """
    with store.transaction() as session:
        draft = found(session, draft_id, who, at, is_locked=True)
        require_step(who, draft, draft.procedure.drafts, draft.procedure.approves)
        refuse_passed_over(draft, version)
        refuse_no_note(note)
        if not draft.is_open:
            # A published one is withdrawn as an order, which ends what it ordered.
            refuse_unsaveable(draft.state)
        return write_step(
            session, draft, Step.WITHDRAW, at, who, to=OrderState.WITHDRAWN, note=note
        )
