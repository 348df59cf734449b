"""What the orders screen asks and does: one desk for one person, every act against their rights."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from zoning.access import Action, Role, allowed
from zoning.errors import InputError
from zoning.i18n.catalogue import tr
from zoning.model import Level, Units
from zoning.orders.paper import OrderPaper
from zoning.places.hierarchy import units_below
from zoning.store.imports import list_imports
from zoning.store.order_lookup import find_order
from zoning.store.order_parts import parts_of_order
from zoning.store.orders import OrderKind
from zoning.workflow.actor import Who, standing_of
from zoning.workflow.annexes import SealedAnnex, may_see_annex, open_annex
from zoning.workflow.data_desk import DataDesk
from zoning.workflow.declared import Declared, declared_by
from zoning.workflow.draft import found as found_draft
from zoning.workflow.draft_papers import draft_paper
from zoning.workflow.drafting import Draft, list_drafts, withdraw_order
from zoning.workflow.ground import GroundShelf, shelf_of
from zoning.workflow.kind_rights import CONTAINMENT
from zoning.workflow.order_difference import OrderDifference, order_difference
from zoning.workflow.order_papers import order_paper, paper_and_map
from zoning.workflow.orders_listed import OrderLine, Status, order_lines
from zoning.workflow.places import units_in_force
from zoning.workflow.sealing_papers import act_of
from zoning.workflow.signatories import signing_faults
from zoning.writers.papers.zone_words import zone_words

AREA_LEVELS = (Level.DISTRICT, Level.CORPORATION)

# Enough to read a page on a screen; the PDF is for printing.
PREVIEW_PPI = 96


@dataclass(frozen=True, eq=False)
class OrderCard:
    """One order as its card shows it.

    Attributes
    ----------
    line : OrderLine
        Where it stands, and what comes next.
    paper : OrderPaper
        Its public part.
    zone_names : Mapping of str to str
        What its zones are called, by key.
    booths_c : int
        Booths that it puts into C, which its paper doesn't list.
    is_sealed : bool
        Whether it was sealed here; else its papers are a draft.
    may_see_annex, may_withdraw : bool
        What this person may do with it.
    """

    line: OrderLine
    paper: OrderPaper
    zone_names: Mapping[str, str]
    booths_c: int
    is_sealed: bool
    may_see_annex: bool
    may_withdraw: bool


@dataclass(frozen=True, eq=False)
class OrdersSeen:
    """Orders as the list shows them.

    Attributes
    ----------
    at : datetime
        The moment it is of.
    lines : tuple of OrderLine
        The orders, the one that takes effect last first.
    areas : dict of str to str
        Districts and corporations by code, sorted by name.
    is_fictional : bool
        Whether an import is of the demonstration.
    """

    at: datetime
    lines: tuple[OrderLine, ...]
    areas: dict[str, str]
    is_fictional: bool


@dataclass(frozen=True)
class DraftShown:
    """A draft as it would print: its pages as PNG, and what stands against its signature."""

    pages: tuple[bytes, ...]
    lacks: tuple[str, ...]


@dataclass(frozen=True)
class OrdersDesk:
    """Orders of one store as one person sees them.

    Attributes
    ----------
    data : DataDesk
        Store, settings, person and clock.
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
    def roles(self) -> tuple[Role, ...]:
        """Return the roles of this person."""
        return self.data.roles

    def now(self) -> datetime:
        """Return the present."""
        return self.data.clock()

    def version(self) -> int:
        """Return a number that grows with every write, by whomever."""
        return self.data.version()

    def may(self, action: Action) -> bool:
        """Return whether this person may do something anywhere."""
        return self.data.may(action)

    def look(self, area: str = "") -> OrdersSeen:
        """Return the orders now, of one area where it is named: what they order is public."""
        self.data.need(Action.SEE_ZONES)
        at = self.now()
        with self.data.store.reading() as session:
            found = units_in_force(session, at)
            everything = None if found is None else found[1]
            units = None if not area or everything is None else units_below(area, everything)
            return OrdersSeen(
                at,
                order_lines(session, at, units),
                {} if everything is None else _areas(everything),
                any(
                    record.mapping.get("is_fictional") and record.undone_at is None
                    for record in list_imports(session)
                ),
            )

    def card(self, number: str) -> OrderCard:
        """Return one order: its public part, and what this person may do with it.

        Raises
        ------
        OrderError
            If there is no such order.
        """
        self.data.need(Action.SEE_ZONES)
        with self.data.store.reading() as session:
            record = find_order(session, number)
            told = declared_by(session, record)
            stored = parts_of_order(session, record.order_id)
            lines = order_lines(session, self.now())
            line = next(known for known in lines if known.record.order_id == record.order_id)
            paper = order_paper(session, record, told)
            return OrderCard(
                line=line,
                paper=paper,
                zone_names={key: word.label for key, word in zone_words(paper.levels).items()},
                booths_c=int((told.booths.category == "C").sum()),
                is_sealed=stored is not None,
                may_see_annex=stored is not None and may_see_annex(session, record, self.who),
                may_withdraw=self._may_withdraw(told, line.status),
            )

    def pages(self, number: str, language: str) -> tuple[bytes, ...]:
        """Return the pages of an order's paper as PNG."""
        self.data.need(Action.SEE_ZONES)
        from zoning.writers.papers.written import order_pictures

        with self.data.store.reading() as session:
            paper, layers = paper_and_map(session, self.shelf, find_order(session, number))
        return order_pictures(paper, layers, language, PREVIEW_PPI)

    def papers(self, number: str, languages: tuple[str, ...]) -> Mapping[str, bytes]:
        """Return the public papers of an order by file name."""
        self.data.need(Action.SEE_ZONES)
        from zoning.writers.papers.written import public_papers

        with self.data.store.reading() as session:
            paper, layers = paper_and_map(session, self.shelf, find_order(session, number))
        contents, _ = public_papers(paper, layers, languages)
        return {path.rpartition("/")[2]: content for path, content in contents.items()}

    def annex(self, number: str) -> SealedAnnex:
        """Return the sealed annex of an order; the audit tells of it."""
        return open_annex(self.data.store, number, self.now(), self.who)

    def difference(self, one: str, other: str) -> OrderDifference:
        """Return what two orders declare differently.

        Raises
        ------
        InputError
            If they are one and the same.
        """
        self.data.need(Action.SEE_ZONES)
        if one == other:
            raise InputError(tr("{number} is compared with itself; choose another.", number=one))
        with self.data.store.reading() as session:
            return order_difference(
                session, self.shelf, find_order(session, one), find_order(session, other)
            )

    def drafts(self) -> tuple[Draft, ...]:
        """Return the open drafts that this person may see, the newest first."""
        return list_drafts(self.data.store, self.who, self.now(), is_open=True)

    def draft_shown(self, draft_id: int, language: str) -> DraftShown:
        """Return a draft as it would print now, and what stands against its signature.

        Raises
        ------
        AccessError
            If there is no such draft that they may see.
        """
        from zoning.writers.papers.written import order_pictures

        settings, at = self.data.settings, self.now()
        own = settings.self_delineating_ids
        with self.data.store.reading() as session:
            draft = found_draft(session, draft_id, self.who, at)
            paper, layers = draft_paper(session, self.shelf, draft_id, at, self.who, own)
            lacks = signing_faults(
                session,
                draft.content,
                draft.kind,
                draft.area_unit_id,
                at,
                paper=paper,
                settings=settings,
            )
        return DraftShown(order_pictures(paper, layers, language, PREVIEW_PPI), lacks)

    def withdraw(self, number: str, reason: str) -> str:
        """Withdraw an order from now on, and return its number."""
        withdraw_order(self.data.store, number, reason, self.now(), self.who)
        return number

    def _may_withdraw(self, told: Declared, status: Status) -> bool:
        if status not in (Status.IN_FORCE, Status.SCHEDULED, Status.OVERTAKEN):
            return False
        if told.kind is OrderKind.STANDING:
            return False
        act = Action.PUBLISH if told.kind is OrderKind.ZONES else act_of(told.kind)
        units = [] if told.kind is OrderKind.ZONES else told.units_named()
        standing = standing_of(self.who)
        return all(allowed(standing, act, unit or None, CONTAINMENT) for unit in units or [""])


def _areas(units: Units) -> dict[str, str]:
    named = [
        (str(name) or str(code), str(code))
        for code, name, level in zip(units.unit_id, units.name, units.level, strict=True)
        if level in AREA_LEVELS
    ]
    return {code: name for name, code in sorted(named)}


def orders_desk(data: DataDesk) -> OrdersDesk:
    """Return the desk of whoever works at a desk of data; its grounds outlive the visit."""
    return OrdersDesk(data, shelf_of(data.settings.cache_dir))
