"""Feeds as they were known at a moment, each with what its imports told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from zoning.errors import InputError, StoreError
from zoning.i18n.catalogue import tr
from zoning.store import audit
from zoning.store.imports import ImportKind, visible_imports
from zoning.store.tables import FeedRow, ImportRow
from zoning.surveillance.feeds import UNNAMED, Feed, default_rhythm_days

KINDS = (ImportKind.CASES, ImportKind.TESTS)


@dataclass(frozen=True)
class NewFeed:
    """A feed as it is agreed with who reports; see `surveillance.feeds.Feed`."""

    feed_id: str
    name: str
    kind: ImportKind
    rhythm_days: int
    scope: tuple[str, ...] = ()


def put_feed(session: Session, feed: NewFeed, *, at: datetime, who: str) -> None:
    """Write a feed, or what is agreed anew about a known one.

    Raises
    ------
    InputError
        If it has no key, a rhythm below a day, or brings what no feed can.
    """
    if not feed.feed_id.strip():
        raise InputError(tr("A feed needs a key, such as the district's or laboratory's code."))
    if feed.rhythm_days < 1:
        raise InputError(
            tr(
                "The rhythm of feed {feed} is {days} days; it must be 1 or more.",
                feed=feed.feed_id,
                days=feed.rhythm_days,
            )
        )
    if feed.kind not in KINDS:
        raise InputError(
            tr(
                "A feed brings {known}, not {kind}.",
                known=", ".join(KINDS),
                kind=feed.kind,
            )
        )
    _write(session, feed, is_closed=False, at=at, who=who)


def close_feed(session: Session, feed_id: str, *, at: datetime, who: str) -> None:
    """End a feed: from now on its units are spoken for by the others.

    Raises
    ------
    StoreError
        If there is no such feed.
    """
    row = get_feed_row(session, feed_id, at)
    known = NewFeed(row.feed_id, row.name, ImportKind(row.kind), row.rhythm_days, tuple(row.scope))
    _write(session, known, is_closed=True, at=at, who=who)


def get_feed_row(session: Session, feed_id: str, known_at: datetime) -> FeedRow:
    """Return what was last agreed about an open feed.

    Raises
    ------
    StoreError
        If there is no such feed, or it is closed.
    """
    row = _newest(session, known_at).get(feed_id)
    if row is None or row.is_closed:
        raise StoreError(
            tr(
                "There is no feed {feed}: “zoning feeds” lists them, “zoning feeds add {feed}” "
                "makes it known.",
                feed=feed_id,
            )
        )
    return row


def known_feeds(session: Session, kind: ImportKind, known_at: datetime) -> tuple[Feed, ...]:
    """Return the open feeds of a kind as known at a moment, the unnamed one last if it told."""
    visible = visible_imports(session, kind, known_at)
    told: dict[str, tuple[date | None, datetime]] = {
        row.feed_id or UNNAMED: (row.through, row.at)
        for row in session.execute(
            select(
                ImportRow.feed_id,
                func.max(ImportRow.reported_through).label("through"),
                func.max(ImportRow.imported_at, type_=ImportRow.imported_at.type).label("at"),
            )
            .where(ImportRow.id.in_(visible))
            .group_by(ImportRow.feed_id)
        )
    }
    feeds = [
        Feed(
            row.feed_id,
            row.name,
            row.kind,
            row.rhythm_days,
            tuple(row.scope),
            *told.get(row.feed_id, (None, None)),
        )
        for row in _newest(session, known_at).values()
        if not row.is_closed and row.kind == kind
    ]
    if UNNAMED in told:
        feeds.append(Feed(UNNAMED, "", kind, default_rhythm_days(), (), *told[UNNAMED]))
    return tuple(feeds)


def _newest(session: Session, known_at: datetime) -> dict[str, FeedRow]:
    rows = session.scalars(select(FeedRow).where(FeedRow.known_at <= known_at).order_by(FeedRow.id))
    return {row.feed_id: row for row in rows}


def _write(session: Session, feed: NewFeed, *, is_closed: bool, at: datetime, who: str) -> None:
    session.add(
        FeedRow(
            feed_id=feed.feed_id.strip(),
            name=feed.name,
            kind=feed.kind.value,
            rhythm_days=feed.rhythm_days,
            scope=list(feed.scope),
            is_closed=is_closed,
            known_at=at,
            known_by=who,
        )
    )
    session.flush()
    action = "feed.close" if is_closed else "feed.put"
    detail = {"kind": feed.kind.value, "scope": list(feed.scope), "days": feed.rhythm_days}
    audit.append(session, audit.AuditEntry(at, who, action, f"feeds/{feed.feed_id}", detail))
