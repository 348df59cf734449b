"""What is doubtful about editions, orders and notices; each answers with a sentence and doubts."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from zoning.i18n.catalogue import tr, tr_n
from zoning.i18n.forms import moment
from zoning.model.notices import NoticeKind
from zoning.settings import Settings
from zoning.store.editions import BOOTH_LEVEL, list_editions
from zoning.store.imports import list_imports
from zoning.store.orders import list_orders, stands
from zoning.store.outbox_listing import queues
from zoning.store.results import list_runs
from zoning.store.tables import UnitRow
from zoning.workflow.checking_limits import limits
from zoning.workflow.places import units_in_force
from zoning.workflow.sending import senders_of


def editions_state(session: Session, at: datetime) -> tuple[str, list[str]]:
    """Return how the boundaries stand."""
    if units_in_force(session, at) is None:
        return "", [tr("No boundaries are in force: run “zoning import boundaries FILE”.")]
    known = [e for e in list_editions(session, at) if BOOTH_LEVEL not in e.levels]
    query = (
        select(UnitRow.edition_id, func.count())
        .where(UnitRow.geometry.is_(None))
        .group_by(UnitRow.edition_id)
    )
    shapeless = {row[0]: row[1] for row in session.execute(query)}
    doubts = [
        tr(
            "Edition {id} ({file}) has {n} units without a shape: cases with coordinates never "
            "fall into them.",
            id=edition.edition_id,
            file=edition.file_name,
            n=shapeless[edition.edition_id],
        )
        for edition in known
        if edition.edition_id in shapeless
    ]
    return tr_n("{n} edition of boundaries", "{n} editions of boundaries", len(known)), doubts


def orders_state(session: Session, at: datetime) -> tuple[str, list[str]]:
    """Return how the orders stand: one in force may rest on what was taken back since."""
    standing = [record for record in list_orders(session) if stands(record, at)]
    known_at = {run.run_id: run.known_at for run in list_runs(session)}
    undone = [r for r in list_imports(session) if r.undone_at is not None and r.undone_at <= at]
    doubts = [
        tr(
            "Order {number} rests on import {id} ({file}), which was taken back on {at}: propose "
            "and publish again, or withdraw it.",
            number=record.order.number,
            id=source.import_id,
            file=source.file_name,
            at=moment(source.undone_at),
        )
        for record in standing
        for source in undone
        if record.run_id in known_at
        and source.undone_at is not None
        and source.imported_at <= known_at[record.run_id] < source.undone_at
    ]
    return tr_n("{n} order in force", "{n} orders in force", len(standing)), doubts


def notices_state(session: Session, settings: Settings, at: datetime) -> tuple[str, list[str]]:
    """Return how the outbox stands.

    Raises
    ------
    InputError
        If the settings of the mail server can't be used.
    """
    able = senders_of(settings)
    oldest = at - timedelta(minutes=limits().notice_waits_minutes)
    found = queues(session)
    doubts = []
    for kind, queue in found.items():
        if queue.waiting and kind not in able:
            doubts.append(
                tr(
                    "{n} e-mails wait, as no mail server is set: set ZONING_SMTP_HOST.",
                    n=queue.waiting,
                )
            )
        elif queue.oldest_waiting_at is not None and queue.oldest_waiting_at < oldest:
            doubts.append(_late(kind, queue.waiting, queue.oldest_waiting_at))
        if queue.given_up:
            doubts.append(
                tr(
                    "{n} notices ({kind}) were given up: “zoning notices outbox” says why.",
                    n=queue.given_up,
                    kind=kind.value,
                )
            )
    sent, waiting = (
        sum(getattr(queue, name) for queue in found.values()) for name in ("sent", "waiting")
    )
    return tr("{sent} sent, {waiting} waiting", sent=sent, waiting=waiting), doubts


def _late(kind: NoticeKind, n: int, since: datetime) -> str:
    return tr(
        "{n} notices ({kind}) wait, the oldest since {at}: their receivers don't take them, or "
        "nobody runs “zoning tick”.",
        n=n,
        kind=kind.value,
        at=moment(since),
    )
