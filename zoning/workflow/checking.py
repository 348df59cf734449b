"""`zoning check`: each part of an installation is ok, doubtful or broken, in one sentence."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy.orm import Session

from zoning import clock
from zoning.errors import SeemanaError
from zoning.i18n.catalogue import tr
from zoning.i18n.forms import moment
from zoning.orders.chain import Breach, Broken, verify
from zoning.settings import Settings
from zoning.store.address import describe, is_sqlite, parse_address, sqlite_file
from zoning.store.audit_links import newest_moment, read_links
from zoning.store.engine import Store, open_any_version
from zoning.store.faults import Fault, refusal
from zoning.store.history import SchemaState, newest_revision, schema_state
from zoning.store.integrity import database_faults, missing_guards
from zoning.workflow.checking_facts import editions_state, notices_state, orders_state
from zoning.workflow.checking_limits import limits

IST_OFFSET = timedelta(hours=5, minutes=30)


class State(StrEnum):
    """How a part stands, the best first."""

    OK = "ok"
    DOUBTFUL = "doubtful"
    BROKEN = "broken"


@dataclass(frozen=True)
class Check:
    """One part of an installation and how it stands; `figures` are for programs."""

    name: str
    state: State
    sentence: str
    figures: Mapping[str, Any] = field(default_factory=dict)


def check(settings: Settings, at: datetime, noted: str = "") -> tuple[Check, ...]:
    """Look at every part of an installation; nothing is written to the database.

    Parameters
    ----------
    settings : Settings
        Of the installation.
    at : datetime
        The present, UTC.
    noted : str
        Hash of the audit's newest entry that somebody noted before; empty for none.

    Returns
    -------
    tuple of Check
        Always of the same parts, but for those inside a database that can't be opened.
    """
    here = (_cache(settings), _zone(at))
    try:
        store = _opened(settings.store_url)
    except SeemanaError as refusal:
        return (Check("schema", State.BROKEN, str(refusal)), *here)
    try:
        schema = _schema(store)
        if schema.state is State.BROKEN:
            return (schema, *here)
        parts: dict[str, Callable[[Session], Check]] = {
            "database": _database,
            "guards": _guards,
            "audit": lambda session: audit_state(session, noted),
            "clock": lambda session: _clock(session, at),
            "editions": lambda session: _doubts("editions", editions_state(session, at)),
            "orders": lambda session: _doubts("orders", orders_state(session, at)),
            "notices": lambda session: _doubts("notices", notices_state(session, settings, at)),
        }
        return (schema, *(_looked_at(store, *part) for part in parts.items()), *here)
    finally:
        store.close()


def worst(checks: tuple[Check, ...]) -> State:
    """Return how an installation stands: as its worst part."""
    return max((c.state for c in checks), key=list(State).index, default=State.OK)


def _opened(address: str) -> Store:
    url = parse_address(address)
    if is_sqlite(url) and not sqlite_file(url).exists():
        # Opening it would make an empty one.
        raise refusal(Fault.NOT_SET_UP, describe(url))
    return open_any_version(address)


def _looked_at(store: Store, name: str, look: Callable[[Session], Check]) -> Check:
    try:
        with store.reading() as session:
            return look(session)
    except SeemanaError as refusal:
        # What can't even be read is no reason not to look at the rest.
        return Check(name, State.BROKEN, str(refusal))


def _schema(store: Store) -> Check:
    def look(session: Session) -> Check:
        state = schema_state(session.connection())
        if state is SchemaState.CURRENT:
            revision = newest_revision()
            sentence = tr("{where}, tables of version {n}", where=store.where, n=revision)
            return Check("schema", State.OK, sentence, {"revision": revision})
        told = {
            SchemaState.ABSENT: tr("{where} isn't set up: run “zoning setup”.", where=store.where),
            SchemaState.OLDER: tr(
                "{where} is of an older version: run “zoning setup”.", where=store.where
            ),
            SchemaState.NEWER: tr(
                "{where} is of a newer version: update the program.", where=store.where
            ),
        }
        return Check("schema", State.BROKEN, told[state])

    return _looked_at(store, "schema", look)


def _database(session: Session) -> Check:
    faults = database_faults(session)
    if not faults:
        return Check("database", State.OK, tr("no damage found"))
    sentence = tr(
        "Damaged: {fault} ({n} such). Restore a backup, and keep the damaged file.",
        fault=faults[0],
        n=len(faults),
    )
    return Check("database", State.BROKEN, sentence, {"faults": list(faults)})


def _guards(session: Session) -> Check:
    missing = missing_guards(session)
    if not missing:
        return Check("guards", State.OK, tr("what was signed and told is guarded against changes"))
    sentence = tr(
        "The guard {guard} is missing or switched off ({n} such): somebody could have changed what "
        "must not be changed.",
        guard=missing[0],
        n=len(missing),
    )
    return Check("guards", State.BROKEN, sentence, {"missing": list(missing)})


def audit_state(session: Session, noted: str) -> Check:
    """Return how the chain of the audit stands; `noted` is the hash of a head, empty for none."""
    chain = verify(read_links(session), noted)
    figures: dict[str, Any] = {"entries": chain.entries, "head": chain.head}
    if chain.broken is not None:
        figures |= {"broken_at": chain.broken.number, "breach": chain.broken.breach.value}
        return Check("audit", State.BROKEN, _breach(chain.broken), figures)
    if noted and chain.noted_at is None:
        sentence = tr(
            "{n} entries, head {head}, but the hash that was noted isn't among them: entries were "
            "removed or written anew since, or an older backup was restored.",
            n=chain.entries,
            head=chain.head,
        )
        return Check("audit", State.BROKEN, sentence, figures)
    sentence = tr("{n} entries, head {head}", n=chain.entries, head=chain.head)
    if noted:
        figures["noted_at"] = chain.noted_at
        sentence = tr(
            "{n} entries, head {head}; the hash that was noted is entry {number}, and up to it "
            "nothing was changed",
            n=chain.entries,
            head=chain.head,
            number=chain.noted_at,
        )
    return Check("audit", State.OK, sentence, figures)


def _breach(broken: Broken) -> str:
    if broken.breach is Breach.UNREADABLE:
        return tr("Entry {n} can't be read: its content was changed.", n=broken.number)
    if broken.breach is Breach.CONTENT:
        return tr(
            "Entry {n} isn't what was written: its content doesn't have its hash.", n=broken.number
        )
    if broken.number_before is None:
        return tr("Entry {n} isn't the first: what was before it is gone.", n=broken.number)
    return tr(
        "Entry {n} doesn't follow entry {before}: one was removed, inserted, moved or written anew "
        "there.",
        n=broken.number,
        before=broken.number_before,
    )


def _clock(session: Session, at: datetime) -> Check:
    newest = newest_moment(session)
    if newest is None or newest <= at + timedelta(seconds=limits().clock_ahead_s):
        return Check("clock", State.OK, tr("it is {at}", at=moment(at)))
    sentence = tr(
        "This machine says it is {at}, but the audit's newest entry is of {newest}: set the clock.",
        at=moment(at),
        newest=moment(newest),
    )
    return Check("clock", State.DOUBTFUL, sentence)


def _zone(at: datetime) -> Check:
    if at.astimezone(clock.IST).utcoffset() == IST_OFFSET:
        return Check("time_zone", State.OK, tr("Indian Standard Time is known"))
    sentence = tr("The time zone data of this machine are wrong: install the package tzdata anew.")
    return Check("time_zone", State.BROKEN, sentence)


def _cache(settings: Settings) -> Check:
    folder = settings.cache_dir
    there = next(place for place in (folder, *folder.resolve().parents) if place.exists())
    try:
        if there == folder:
            with tempfile.TemporaryFile(dir=folder):
                pass
        elif not os.access(there, os.W_OK):
            raise PermissionError
    except OSError:
        sentence = tr(
            "The folder {folder} can't be written: what is kept for speed is computed each time.",
            folder=folder,
        )
        return Check("cache", State.DOUBTFUL, sentence)
    return Check("cache", State.OK, tr("{folder} can be written", folder=folder))


def _doubts(name: str, told: tuple[str, list[str]]) -> Check:
    fine, doubts = told
    if not doubts:
        return Check(name, State.OK, fine)
    first = doubts[0]
    if len(doubts) > 1:
        first = tr("{first} ({n} more such)", first=first, n=len(doubts) - 1)
    return Check(name, State.DOUBTFUL, first, {"doubts": doubts})
