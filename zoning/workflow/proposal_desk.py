"""What the zoning desk asks and does: a proposal and its draft, as one person sees and moves it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from layers.view import MapView
from zoning import clock
from zoning.access import Action, Role
from zoning.errors import SeemanaError
from zoning.orders.draft import DraftContent, DraftKind, Override
from zoning.places.hierarchy import units_below
from zoning.store.editions import edition_in_force
from zoning.store.imports import list_imports
from zoning.store.officers import read_officers, read_postings
from zoning.store.orders import NewOrder
from zoning.store.results import RunRecord, list_runs
from zoning.workflow import consulting, drafting
from zoning.workflow.actor import Who, area_of, name_of, standing_of
from zoning.workflow.containment_desk import WhatIf
from zoning.workflow.data_desk import DataDesk
from zoning.workflow.decided_booths import decided_booths
from zoning.workflow.decisions import Containing, propose
from zoning.workflow.draft import Draft, require_step
from zoning.workflow.ground import GroundShelf, shelf_of
from zoning.workflow.map_view import map_view
from zoning.workflow.places import units_in_force
from zoning.workflow.proposal import Proposed, proposed_changes, thought_changes
from zoning.workflow.proposed_booths import decided_changes
from zoning.workflow.publishing_drafts import obstacles


@dataclass(frozen=True)
class Rights:
    """What somebody may do with a draft; offices for which they may answer."""

    drafts: bool
    approves: bool
    publishes: bool
    offices: tuple[str, ...]


@dataclass(frozen=True)
class ProposalDesk:
    """The zoning desk of one store for one person.

    Attributes
    ----------
    data : DataDesk
        Store, settings, person, role and clock.
    shelf : GroundShelf
        Where grounds are kept, for as long as the process lives.
    """

    data: DataDesk
    shelf: GroundShelf

    @property
    def where(self) -> str:
        """Return which database it is."""
        return self.data.store.where

    @property
    def who(self) -> Who:
        """Return who acts."""
        return self.data.who

    @property
    def name(self) -> str:
        """Return the name of who acts."""
        return name_of(self.who)

    def now(self) -> datetime:
        """Return the present."""
        return self.data.clock()

    def may(self, action: Action) -> bool:
        """Return whether this person may do something anywhere."""
        return self.data.may(action)

    def version(self) -> int:
        """Return a number that grows with every write, by whomever."""
        return self.data.version()

    def has_boundaries(self) -> bool:
        """Return whether there are units to judge."""
        with self.data.store.reading() as session:
            return edition_in_force(session, self.now()) is not None

    def is_fictional(self) -> bool:
        """Return whether what is shown is a demonstration."""
        with self.data.store.reading() as session:
            records = list_imports(session)
        return any(r.mapping.get("is_fictional") and r.undone_at is None for r in records)

    def runs(self) -> tuple[RunRecord, ...]:
        """Return the newest runs, newest first."""
        with self.data.store.reading() as session:
            return list_runs(session, limit=20)

    def compute(self, asked: WhatIf) -> int:
        """Judge the units from the facts known now, keep that, and return the number of the run."""
        proposal = propose(
            self.data.store,
            asked.rule_id or self.data.settings.default_rule,
            asked.on,
            self.now(),
            self.who,
            Containing(self.shelf, asked.policy_id, asked.buffer_m),
        )
        return proposal.run_id

    def proposed(self, run_id: int | None, overrides: Sequence[Override] = ()) -> Proposed:
        """Return what a run would change in the own area, the latest by default."""
        return proposed_changes(
            self.data.store,
            self.shelf,
            run_id,
            self.now(),
            self.who,
            overrides=overrides,
            self_delineating=self.data.settings.self_delineating_ids,
        )

    def of_draft(self, draft: Draft) -> Proposed:
        """Return what a draft would change; its booths, where it decides on them.

        Raises
        ------
        SeemanaError
            If its booths can't be decided on as they are; the sentence says why.
        """
        if draft.kind is DraftKind.ZONES:
            return self.proposed(draft.run_id, draft.content.overrides)
        found = self.proposed(draft.run_id)
        at, own = self.now(), self.data.settings.self_delineating_ids
        begins = max(draft.content.effective_at or at, at)
        with self.data.store.reading() as session:
            decided = decided_booths(session, self.shelf, draft, begins, at, self.who, own)
            seen = frozenset(found.units.unit_id.tolist())
            booths, thought = decided_changes(session, decided, own, seen)
        return replace(found, booths=booths, thought=thought)

    def thought(self, asked: WhatIf) -> Proposed:
        """Return what another rule, policy or buffer would change; nothing is kept."""
        return thought_changes(
            self.data.store,
            self.shelf,
            asked,
            self.now(),
            self.who,
            default_rule=self.data.settings.default_rule,
            self_delineating=self.data.settings.self_delineating_ids,
        )

    def map(self) -> MapView:
        """Return the map of the present."""
        return map_view(
            self.data.store, self.data.settings, at=self.now(), public=False, who=self.who
        )

    def drafts(self) -> tuple[Draft, ...]:
        """Return the open drafts that meet the own area, newest first."""
        return drafting.list_drafts(self.data.store, self.who, self.now(), is_open=True)

    def draft(self, draft_id: int) -> Draft:
        """Return one draft in its latest version."""
        return drafting.get(self.data.store, draft_id, self.who, self.now())

    def history(self, draft_id: int) -> tuple[Draft, ...]:
        """Return all versions of a draft, the first one first."""
        return drafting.history(self.data.store, draft_id, self.who, self.now())

    def start(self, kind: DraftKind, run_id: int | None, area_unit_id: str = "") -> Draft:
        """Begin a draft; categories are drawn anew on the zones in force."""
        return drafting.start(
            self.data.store,
            kind,
            self.now(),
            self.who,
            run_id=run_id,
            area_unit_id=area_unit_id,
            shelf=self.shelf,
        )

    def save(self, draft_id: int, version: int, content: DraftContent) -> Draft:
        """Save what a draft says, on top of the version that was seen."""
        return drafting.save(self.data.store, draft_id, version, content, self.now(), self.who)

    def send(self, draft_id: int, version: int) -> Draft:
        """Send a draft to consultation."""
        return drafting.send(self.data.store, draft_id, version, self.now(), self.who)

    def give_back(self, draft_id: int, version: int, note: str) -> Draft:
        """Make it a draft again."""
        return drafting.give_back(self.data.store, draft_id, version, note, self.now(), self.who)

    def approve(self, draft_id: int, version: int, note: str) -> Draft:
        """Approve a draft."""
        return drafting.approve(self.data.store, draft_id, version, self.now(), self.who, note)

    def withdraw(self, draft_id: int, version: int, note: str) -> Draft:
        """End a draft that becomes no order."""
        return drafting.withdraw(self.data.store, draft_id, version, note, self.now(), self.who)

    def publish(self, draft_id: int, version: int) -> NewOrder:
        """Publish an approved draft as an order."""
        return drafting.publish_draft(
            self.data.store,
            self.shelf,
            draft_id,
            version,
            self.now(),
            self.who,
            self_delineating=self.data.settings.self_delineating_ids,
        )

    def obstacles(self, draft: Draft) -> tuple[str, ...]:
        """Return what would stand against the publication of a draft, in sentences."""
        with self.data.store.reading() as session:
            return obstacles(session, draft, self.now())

    def consultations(self, draft_id: int) -> tuple[consulting.Consultation, ...]:
        """Return the offices that were asked, with their answers."""
        return consulting.consultations(self.data.store, draft_id, self.who, self.now())

    def answer(
        self,
        draft_id: int,
        office: str,
        answer: str,
        note: str,
        reference: str,
        held_on: date,
    ) -> None:
        """Write what an office says."""
        said = (office, answer, note, reference, held_on)
        consulting.answer(self.data.store, draft_id, *said, self.now(), self.who)

    def rights(self, draft: Draft) -> Rights:
        """Return what this person may do with a draft."""
        how = draft.procedure

        def may(*actions: Action) -> bool:
            try:
                require_step(self.who, draft, *actions)
            except SeemanaError:
                return False
            return True

        offices = (office.office for office in how.offices)
        return Rights(
            drafts=may(how.drafts, how.approves),
            approves=may(how.approves),
            publishes=may(how.publishes),
            offices=tuple(o for o in offices if consulting.may_answer(self.who, draft, o)),
        )

    def signatories(self, draft: Draft) -> tuple[str, ...]:
        """Return who of the roster may sign such an order today, by name."""
        at = self.now()
        today, area = clock.today_ist(at), draft.area_unit_id
        with self.data.store.reading() as session:
            present = units_in_force(session, at)
            officers = read_officers(session, at)
            postings = [kept.posting for kept in read_postings(session, at)]
        signs = [p for p in postings if p.role in draft.procedure.signs and p.holds_on(today)]
        if area and present is not None:
            signs = [p for p in signs if area in units_below(p.area_unit_id, present[1])]
        return tuple(dict.fromkeys(officers[p.person_id].name for p in signs))

    def own_areas(self) -> tuple[str, ...]:
        """Return the units of this person's area; none where it is the whole state."""
        return area_of(self.who) or ()

    @property
    def roles(self) -> tuple[Role, ...]:
        """Return the roles of this person."""
        return standing_of(self.who).roles


def proposal_desk(data: DataDesk) -> ProposalDesk:
    """Return the desk of whoever works at a desk of data; its grounds outlive the visit."""
    return ProposalDesk(data, shelf_of(data.settings.cache_dir))
