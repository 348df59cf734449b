"""What the zoning desk shows now: the draft or run that the address names, and what it changes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import streamlit as st

from screens.data_address import chosen, chosen_number
from zoning.clock import today_ist
from zoning.errors import SeemanaError
from zoning.i18n.catalogue import language
from zoning.judgement.changes import ChangeKind
from zoning.model import Texts
from zoning.orders.draft import DraftKind, Override
from zoning.orders.state import OrderState
from zoning.workflow.draft import Draft
from zoning.workflow.proposal import Proposed
from zoning.workflow.proposal_desk import ProposalDesk, Rights
from zoning.workflow.proposed_zones import UnitChanges

KEPT_S = 600
"""For how long what is shown holds where nobody writes: an order may take effect meanwhile."""

GROUPS = (
    ChangeKind.TIGHTEN,
    ChangeKind.RELAX,
    ChangeKind.FIRST,
    ChangeKind.KEPT_UNTIL,
    ChangeKind.REFUSED,
)
"""What asks for a look, in the order in which it does."""


@dataclass(frozen=True, eq=False)
class Shown:
    """What a page of the zoning desk is drawn from.

    Attributes
    ----------
    desk : ProposalDesk
        Of this person.
    version : int
        Of the database when it was drawn.
    draft : Draft or None
        None where a run is only looked at.
    rights : Rights or None
        What this person may do with the draft.
    found : Proposed
        What changes.
    refusal : str
        Why the booths of a draft can't be decided on as they are; empty where they can.
    """

    desk: ProposalDesk
    version: int
    draft: Draft | None
    rights: Rights | None
    found: Proposed
    refusal: str = ""

    @property
    def units(self) -> UnitChanges:
        """Return the units that are seen."""
        return self.found.units

    @property
    def is_editable(self) -> bool:
        """Return whether this person may change what the draft says now."""
        return (
            self.draft is not None
            and self.draft.state is OrderState.DRAFT
            and self.rights is not None
            and self.rights.drafts
        )

    @property
    def decides_booths(self) -> bool:
        """Return whether the draft is on categories of booths and not on zones of units."""
        return self.draft is not None and self.draft.kind is not DraftKind.ZONES

    @property
    def overrides(self) -> dict[str, Override]:
        """Return what the draft decides otherwise, by unit or booth."""
        if self.draft is None:
            return {}
        return {override.area_id: override for override in self.draft.content.overrides}

    def zones(self) -> Texts:
        """Return the zone that each unit is to have, shape (n,)."""
        told = () if self.decides_booths else tuple(self.overrides.values())
        return self.units.to_order(told)

    @property
    def names(self) -> dict[str, str]:
        """Return the units of all levels by code."""
        units = self.found.basis.everything
        return dict(zip(units.unit_id.tolist(), units.name.tolist(), strict=True))

    def at(self, unit_id: str) -> int | None:
        """Return the position of a unit, None for one that isn't seen."""
        found = np.flatnonzero(self.units.unit_id == unit_id)
        return int(found[0]) if len(found) else None

    def counts(self) -> dict[str, int]:
        """Return how many units there are of each kind of change."""
        kinds = self.units.kind.tolist()
        return {kind.value: kinds.count(kind.value) for kind in ChangeKind}

    def days_behind(self) -> int:
        """Return the days since the last complete one."""
        through = self.found.basis.result.data_through
        if np.isnat(through):
            return 0
        return (today_ist(self.found.at) - through.astype("datetime64[D]").item()).days


def shown(desk: ProposalDesk) -> Shown:
    """Return what the address asks for.

    Raises
    ------
    SeemanaError
        If there is no such draft or run to be seen, or nothing is proposed yet.
    """
    version = desk.version()
    number = chosen_number("draft")
    draft = None if number is None else desk.draft(number)
    run_id = chosen_number("run") if draft is None else draft.run_id
    slot = int(desk.now().timestamp()) // KEPT_S
    person = f"{desk.name} {sorted(desk.roles)} {desk.own_areas()} {language()}"
    place = (desk.where, version, slot, person)
    rights = None if draft is None else desk.rights(draft)
    refusal = ""
    try:
        found = _found(*place, run_id, draft.draft_id if draft else 0, draft, desk)
    except SeemanaError as refused:
        if draft is None or draft.kind is DraftKind.ZONES:
            raise
        refusal = str(refused)
        found = _found(*place, run_id, 0, None, desk)
    return Shown(desk, version, draft, rights, found, refusal)


@st.cache_resource(max_entries=8, show_spinner=False)
def _found(
    where: str,
    version: int,
    slot: int,
    person: str,
    run_id: int | None,
    draft_id: int,
    _draft: Draft | None,
    _desk: ProposalDesk,
) -> Proposed:
    return _desk.proposed(run_id) if _draft is None else _desk.of_draft(_draft)


def chosen_unit() -> str:
    """Return the unit whose card is open; empty for none."""
    return chosen("unit")
