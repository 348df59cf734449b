"""Drafts of orders: a head, and a row for every step that somebody took."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from zoning.errors import OrderError
from zoning.i18n.catalogue import tr
from zoning.orders.draft import DraftContent, DraftKind, from_json, to_json
from zoning.orders.state import OrderState
from zoning.orders.steps import Step
from zoning.store import audit
from zoning.store.tables import DraftRow, DraftVersionRow


@dataclass(frozen=True)
class NewDraft:
    """What an order is drafted from; `area_unit_id` is empty for the whole state."""

    kind: DraftKind
    edition_id: int
    run_id: int | None
    delineation_id: int | None
    area_unit_id: str


@dataclass(frozen=True)
class DraftHead:
    """A draft without its versions."""

    draft_id: int
    new: NewDraft
    started_at: datetime
    started_by: str


@dataclass(frozen=True)
class DraftVersion:
    """What a draft said and where it stood after one step.

    Attributes
    ----------
    draft_id, version : int
        Which one; versions count from 1.
    state : OrderState
        Where it stands after the step.
    step : Step
        What was done.
    content : DraftContent
        All that it says.
    note : str
        Why; empty where nothing had to be said.
    order_id : int or None
        The order that it became.
    at : datetime
        When.
    by : str
        By whom.
    """

    draft_id: int
    version: int
    state: OrderState
    step: Step
    content: DraftContent
    note: str
    order_id: int | None
    at: datetime
    by: str


def add_draft(session: Session, new: NewDraft, *, at: datetime, who: str) -> int:
    """Write the head of a draft and return its number; its first version follows."""
    row = DraftRow(
        kind=new.kind.value,
        edition_id=new.edition_id,
        run_id=new.run_id,
        delineation_id=new.delineation_id,
        area_unit_id=new.area_unit_id,
        started_at=at,
        started_by=who,
    )
    session.add(row)
    session.flush()
    return row.id


def add_version(session: Session, version: DraftVersion) -> None:
    """Write the next version of a draft, with its entry in the audit.

    Raises
    ------
    OrderError
        If somebody wrote a version of this number meanwhile.
    """
    row = DraftVersionRow(
        draft_id=version.draft_id,
        version=version.version,
        state=version.state.value,
        step=version.step.value,
        content=to_json(version.content),
        note=version.note,
        order_id=version.order_id,
        at=version.at,
        by=version.by,
    )
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError as clash:
        raise OrderError(
            tr(
                "Somebody else changed draft {id} in the same moment: look at it and do yours "
                "again.",
                id=version.draft_id,
            )
        ) from clash
    detail = {"version": version.version, "state": version.state.value}
    subject = f"drafts/{version.draft_id}"
    entry = audit.AuditEntry(version.at, version.by, f"draft.{version.step}", subject, detail)
    audit.append(session, entry)


def get_head(session: Session, draft_id: int, *, is_locked: bool = False) -> DraftHead | None:
    """Return the head of a draft, None if there is none of this number.

    Parameters
    ----------
    session : Session
        An open transaction.
    draft_id : int
        Its number.
    is_locked : bool
        Whether others who want to write a version wait for this transaction. The embedded
        database has one writer anyway.
    """
    query = select(DraftRow).where(DraftRow.id == draft_id)
    row = session.scalar(query.with_for_update() if is_locked else query)
    return None if row is None else _head(row)


def list_heads(session: Session) -> tuple[DraftHead, ...]:
    """Return all drafts, the newest first."""
    return tuple(
        _head(row) for row in session.scalars(select(DraftRow).order_by(DraftRow.id.desc()))
    )


def versions_of(session: Session, draft_id: int) -> tuple[DraftVersion, ...]:
    """Return every version of a draft, the first one first."""
    query = select(DraftVersionRow).where(DraftVersionRow.draft_id == draft_id)
    rows = session.scalars(query.order_by(DraftVersionRow.version))
    return tuple(_version(row) for row in rows)


def latest_versions(
    session: Session, draft_ids: Iterable[int] | None = None
) -> dict[int, DraftVersion]:
    """Return the latest version of each draft, by draft; of all drafts if none are named."""
    newest = select(DraftVersionRow.draft_id, func.max(DraftVersionRow.version).label("version"))
    if draft_ids is not None:
        newest = newest.where(DraftVersionRow.draft_id.in_(list(draft_ids)))
    last = newest.group_by(DraftVersionRow.draft_id).subquery()
    query = select(DraftVersionRow).join(
        last,
        (last.c.draft_id == DraftVersionRow.draft_id) & (last.c.version == DraftVersionRow.version),
    )
    return {row.draft_id: _version(row) for row in session.scalars(query)}


def draft_of_order(session: Session, order_id: int) -> int | None:
    """Return the draft that became an order; None for one without a draft."""
    query = select(DraftVersionRow.draft_id).where(DraftVersionRow.order_id == order_id)
    return session.scalar(query.limit(1))


def _head(row: DraftRow) -> DraftHead:
    new = NewDraft(
        DraftKind(row.kind), row.edition_id, row.run_id, row.delineation_id, row.area_unit_id
    )
    return DraftHead(row.id, new, row.started_at, row.started_by)


def _version(row: DraftVersionRow) -> DraftVersion:
    return DraftVersion(
        row.draft_id,
        row.version,
        OrderState(row.state),
        Step(row.step),
        from_json(row.content),
        row.note,
        row.order_id,
        row.at,
        row.by,
    )
