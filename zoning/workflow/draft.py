"""One draft as an officer sees it: who may, where it stands, how its next version begins."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from zoning.access import Action, Holding
from zoning.errors import AccessError
from zoning.i18n.catalogue import tr
from zoning.model import Units
from zoning.orders.draft import DraftContent, DraftKind
from zoning.orders.procedure import KindProcedure, procedure
from zoning.orders.state import OrderState, advance
from zoning.orders.steps import Step, refuse_stale
from zoning.places.hierarchy import units_below
from zoning.store.drafts import (
    DraftHead,
    DraftVersion,
    add_version,
    get_head,
    latest_versions,
)
from zoning.workflow.actor import Who, name_of, require, standing_of
from zoning.workflow.kind_rights import CONTAINMENT
from zoning.workflow.places import units_in_force

OPEN = (OrderState.DRAFT, OrderState.IN_CONSULTATION, OrderState.APPROVED)


@dataclass(frozen=True)
class Draft:
    """A draft in one of its versions.

    Attributes
    ----------
    draft_id : int
        Its number.
    kind : DraftKind
        What it will decide.
    edition_id : int
        Boundaries that it speaks of.
    run_id, delineation_id : int or None
        What it is drafted from.
    area_unit_id : str
        For which unit with all below it; empty for the whole state.
    version : int
        Whoever takes a step says which version they saw.
    state : OrderState
        Where it stands.
    content : DraftContent
        What it says.
    order_id : int or None
        The order that it became.
    at : datetime
        When this version was written.
    by : str
        By whom.
    started_at, started_by : datetime, str
        When the draft was begun, and by whom.
    step : Step
        What was done.
    note : str
        Why; empty where nothing had to be said.
    remarks : tuple of str
        After a save: what would stand against its publication, a sentence each.
    """

    draft_id: int
    kind: DraftKind
    edition_id: int
    run_id: int | None
    delineation_id: int | None
    area_unit_id: str
    version: int
    state: OrderState
    content: DraftContent
    order_id: int | None
    at: datetime
    by: str
    started_at: datetime
    started_by: str
    step: Step
    note: str = ""
    remarks: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        """Return whether it may still become an order."""
        return self.state in OPEN

    @property
    def name(self) -> str:
        """Return what it is called in a sentence."""
        return self.content.number or tr("draft {id}", id=self.draft_id)

    @property
    def procedure(self) -> KindProcedure:
        """Return the way of its kind."""
        return procedure().kinds[self.kind]


def draft_of(head: DraftHead, version: DraftVersion) -> Draft:
    """Return a draft from its rows."""
    new = head.new
    return Draft(
        head.draft_id,
        new.kind,
        new.edition_id,
        new.run_id,
        new.delineation_id,
        new.area_unit_id,
        version.version,
        version.state,
        version.content,
        version.order_id,
        version.at,
        version.by,
        head.started_at,
        head.started_by,
        version.step,
        version.note,
    )


def found(
    session: Session, draft_id: int, who: Who, at: datetime, *, is_locked: bool = False
) -> Draft:
    """Return a draft in its latest version.

    Raises
    ------
    AccessError
        If there is none of this number that they may see: a guessed number learns nothing.
    """
    head = get_head(session, draft_id, is_locked=is_locked)
    if head is None or not Sight(session, who, at).reaches(head.new.kind, head.new.area_unit_id):
        raise AccessError(
            tr(
                "There is no draft {id} that you may see; “zoning drafts list” shows yours.",
                id=draft_id,
            )
        )
    return draft_of(head, latest_versions(session, (draft_id,))[draft_id])


class Sight:
    """Which drafts somebody sees: those whose area meets the own one, asked many times."""

    def __init__(self, session: Session, who: Who, at: datetime) -> None:
        self._session, self._at = session, at
        self._holdings = standing_of(who).holdings
        self._units: Units | None = None
        self._areas: dict[str, frozenset[str]] = {}

    def reaches(self, kind: DraftKind, area_unit_id: str) -> bool:
        """Return whether drafts of a kind for an area are seen."""
        how = procedure().kinds[kind]
        acts = {how.drafts, how.approves, how.publishes, Action.CONSULT}
        return any(
            self._reaches(holding, act, area_unit_id)
            for holding in self._holdings
            for act in acts
            if holding.grants(act, CONTAINMENT)
        )

    def _reaches(self, holding: Holding, act: Action, area_unit_id: str) -> bool:
        if holding.area is None:
            return True
        # What is of the whole state isn't drafted for one area of it.
        if not area_unit_id:
            return False
        own = without_delineating(self._below(area_unit_id), area_unit_id, holding.self_delineating)
        return any(holding.reaches(act, unit_id) for unit_id in own & holding.area)

    def _below(self, unit_id: str) -> frozenset[str]:
        if self._units is None:
            present = units_in_force(self._session, self._at)
            if present is None:
                return frozenset()
            self._units = present[1]
        if unit_id not in self._areas:
            self._areas[unit_id] = units_below(unit_id, self._units)
        return self._areas[unit_id]


def without_delineating(
    units: frozenset[str], area_unit_id: str, delineating: AbstractSet[str]
) -> frozenset[str]:
    """Return the units of an area without those of corporations that delineate themselves."""
    return units if area_unit_id in delineating else units - delineating


def require_step(who: Who, draft: Draft, *actions: Action) -> str:
    """Refuse whoever is granted none of some acts where the draft holds, else return the name.

    Raises
    ------
    AccessError
        Saying who may.
    """
    refused: AccessError | None = None
    for action in actions:
        try:
            return require(who, action, draft.area_unit_id or None, CONTAINMENT)
        except AccessError as error:
            refused = refused or error
    assert refused is not None
    raise refused


def refuse_passed_over(draft: Draft, version: int) -> None:
    """Refuse a step on a version that somebody has changed since.

    Raises
    ------
    OrderError
        Naming who changed it, and when.
    """
    refuse_stale(version, draft.version, draft.by, draft.at, draft.step)


def write_step(
    session: Session,
    draft: Draft,
    step: Step,
    at: datetime,
    who: Who,
    *,
    to: OrderState | None = None,
    content: DraftContent | None = None,
    note: str = "",
    order_id: int | None = None,
) -> Draft:
    """Write the next version of a draft and return it.

    Raises
    ------
    OrderError
        If the step isn't legal from where it stands, or somebody else took one meanwhile.
    """
    state = draft.state if to is None else advance(draft.name, draft.state, to)
    after = replace(
        draft,
        version=draft.version + 1,
        state=state,
        step=step,
        content=content or draft.content,
        note=note.strip(),
        order_id=order_id or draft.order_id,
        at=at,
        by=name_of(who),
        remarks=(),
    )
    add_version(
        session,
        DraftVersion(
            *(after.draft_id, after.version, after.state, after.step, after.content),
            *(after.note, after.order_id, after.at, after.by),
        ),
    )
    return after
