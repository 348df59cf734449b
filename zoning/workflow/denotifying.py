"""Which booths may leave Category A, what stands in the way, and the order that releases them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from sqlalchemy.orm import Session

from zoning.access import Action
from zoning.errors import OrderError
from zoning.i18n import forms
from zoning.i18n.catalogue import tr, tr_n
from zoning.judgement.denotification import Denotification, OrderedBooths, denotification
from zoning.judgement.denotification_words import denotification_sentences
from zoning.judgement.policy import Policy
from zoning.model import Category, Days, Indices, Texts
from zoning.store import audit
from zoning.store.engine import Store
from zoning.store.follow_up import read_contacts, read_rounds, read_samples
from zoning.store.order_booths import DeclaredBooths, insert_booths_of_order
from zoning.store.orders import NewOrder, OrderKind, OrderSource, add_order
from zoning.store.zone_history import ZoneHistory, zone_history
from zoning.surveillance.follow_up import FollowUp, follow_up
from zoning.surveillance.memberships import Memberships
from zoning.workflow.actor import Who, name_of, require_units
from zoning.workflow.booth_counts import booth_cube, last_cases_of_ground
from zoning.workflow.containment import delineate_on
from zoning.workflow.ground import GroundShelf
from zoning.workflow.kind_rights import CONTAINMENT
from zoning.workflow.present import Present, present


@dataclass(frozen=True, eq=False)
class Board:
    """Every booth in A by order and where it stands, arrays of shape (m,).

    Attributes
    ----------
    now : Present
        What is in force.
    row : Indices
        Row of the ground of each booth.
    booths : OrderedBooths
        What the count rests on.
    state : Denotification
        Where each stands.
    register : FollowUp
        What the register says of the zones.
    sentences : Texts
        The same in words, for officers.
    """

    now: Present
    row: Indices
    booths: OrderedBooths
    state: Denotification
    register: FollowUp
    sentences: Texts

    @property
    def booth_id(self) -> Texts:
        """Return the codes of the booths."""
        codes: Texts = self.now.ground.table.booth_id[self.row]
        return codes

    @property
    def policy(self) -> Policy:
        """Return the policy that governs."""
        return self.now.governing


def board(store: Store, shelf: GroundShelf, at: datetime) -> Board:
    """Return where every booth in A stands at a moment.

    Raises
    ------
    InputError
        If no boundaries are known.
    """
    with store.reading() as session:
        return board_in(session, present(session, shelf, at))


def board_in(session: Session, now: Present) -> Board:
    """Return where every booth in A stands, in an open transaction."""
    table, rule = now.ground.table, now.governing.denotification
    history = zone_history(session, now.at)
    row = np.flatnonzero(now.category == Category.AFFECTED.value).astype(np.int32)
    # A booth that an import put in force without a zone is followed by itself.
    zone = np.where(now.zone_id == "", table.booth_id, now.zone_id)
    followed = np.where(now.category == Category.AFFECTED.value, zone, "").astype(object)
    on = np.datetime64(now.on, "D")
    cube = booth_cube(now.placed, now.ground, len(now.units), on, rule.days_without_case + 1)
    unit = table.unit_index[row]
    through = np.append(now.reported_through, np.datetime64("NaT", "D"))
    booths = OrderedBooths(
        last_case_on=last_cases_of_ground(cube, now.ground)[row],
        reported_through=through[unit],
        since=_since(history, table.booth_id[row], on),
        zone=followed[row],
    )
    register = follow_up(
        now.on,
        table.booth_id,
        followed,
        read_rounds(session, now.at),
        read_contacts(session, now.at),
        read_samples(session, now.at),
        _memberships(history),
        rule.follow_up,
    )
    state = denotification(now.on, booths, register, rule)
    words = denotification_sentences(state, booths, register, rule)
    return Board(now, row, booths, state, register, words)


def release(
    store: Store,
    shelf: GroundShelf,
    booth_ids: Sequence[str],
    at: datetime,
    who: Who,
    order: NewOrder | None = None,
) -> NewOrder:
    """Publish the order that takes booths out of Category A.

    Parameters
    ----------
    store : Store
        The database.
    shelf : GroundShelf
        Where grounds are kept.
    booth_ids : sequence of str
        The booths; every one must be due.
    at : datetime
        The present, UTC.
    who : str or Actor
        By whom.
    order : NewOrder or None
        What is printed; made here if None.

    Raises
    ------
    OrderError
        If a booth isn't in A by order, or isn't due: the sentence says what stands in the way.
    AccessError
        If a booth lies where it isn't theirs to release: in another's jurisdiction.
    """
    with store.transaction() as session:
        found = board_in(session, present(session, shelf, at))
        # Before anything is said of a booth: how long it has been quiet is a figure.
        named = found.row[np.isin(found.booth_id.astype(str), [str(b) for b in booth_ids])]
        units = found.now.ground.table.unit_id[named]
        by = require_units(who, Action.RELEASE, units, CONTAINMENT) if len(units) else name_of(who)
        chosen = _chosen(found, booth_ids)
        now, table = found.now, found.now.ground.table
        kept = np.setdiff1d(now.standing.affected().astype(str), np.array(list(booth_ids), str))
        drawn = delineate_on(
            now.ground,
            now.zone,
            now.placed,
            now.governing,
            now.buffer_m,
            np.datetime64(now.on, "D"),
            kept.astype(object),
        )
        row = found.row[chosen]
        _refuse_affected(table.booth_id[row], drawn.result.category[row])
        order = order or _plain_order(found, chosen, at, by)
        source = OrderSource(OrderKind.RELEASE, now.edition.edition_id)
        order_id = add_order(session, order, source, at=at, who=by)
        declared = DeclaredBooths(
            table.booth_id[row],
            table.unit_id[row],
            drawn.result.category[row],
            np.full(len(row), "", dtype=object),
        )
        insert_booths_of_order(session, order_id, declared)
        detail = {"number": order.number, "booths": len(row)}
        entry = audit.AuditEntry(at, by, "order.release", f"orders/{order_id}", detail)
        audit.append(session, entry)
    return order


def _chosen(found: Board, booth_ids: Sequence[str]) -> Indices:
    at = {booth: nth for nth, booth in enumerate(found.booth_id)}
    if not booth_ids:
        raise OrderError(tr("No booth is named; name at least one that is to be released."))
    for booth in booth_ids:
        if booth not in at:
            raise OrderError(
                tr("Booth {booth} isn't in Category A by an order in force.", booth=booth)
            )
        if not found.state.is_due[at[booth]]:
            raise OrderError(
                tr(
                    "Booth {booth} can't be released: {sentence}",
                    booth=booth,
                    sentence=found.sentences[at[booth]],
                )
            )
    return np.array(sorted({at[booth] for booth in booth_ids}), dtype=np.int32)


def _refuse_affected(booth_id: Texts, category: Texts) -> None:
    for booth in booth_id[category == Category.AFFECTED.value]:
        raise OrderError(
            tr(
                "Booth {booth} can't be released: by the policy it is still affected, as cases of "
                "its unit lie in no booth; place them first.",
                booth=booth,
            )
        )


def _plain_order(found: Board, chosen: Indices, at: datetime, who: str) -> NewOrder:
    zones = sorted(set(found.booths.zone[chosen]))
    return NewOrder(
        number=f"D-{found.now.on:%Y%m%d}-{at:%H%M%S}",
        title=tr_n(
            "De-notification of {n} booth",
            "De-notification of {n} booths",
            len(chosen),
        ),
        act=tr("Disaster Management Act, 2005; Epidemic Diseases Act, 1897"),
        reason=tr(
            "{n} days without a new case in {zones}, follow-up complete, on {day}",
            n=found.policy.denotification.days_without_case,
            zones=", ".join(zones),
            day=forms.day(found.now.on),
        ),
        signatory=who,
        effective_at=at,
    )


def _since(history: ZoneHistory, booth_id: Texts, on: np.datetime64) -> Days:
    days = [np.datetime64(history.since[b], "D") if b in history.since else on for b in booth_id]
    return np.array(days, dtype="datetime64[D]")


def _memberships(history: ZoneHistory) -> Memberships:
    known = history.memberships
    return Memberships(
        np.array([m.zone_id for m in known], dtype=object),
        np.array([m.booth_id for m in known], dtype=object),
        np.array([m.since for m in known], dtype="datetime64[D]"),
        np.array([m.until for m in known], dtype="datetime64[D]"),
    )
