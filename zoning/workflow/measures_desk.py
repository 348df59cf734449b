"""What the command and the screen of measures ask: the orders known, an activity, an answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime

from layers.view import MapView
from zoning import clock
from zoning.clock import Clock
from zoning.errors import InputError
from zoning.i18n.catalogue import tr
from zoning.measures.answer import answer
from zoning.measures.clauses import Activity, Clause, Provision
from zoning.measures.memo import DEFAULT, find_memo, known_memos
from zoning.measures.order import Memo, Territory
from zoning.measures.phrases import notes
from zoning.measures.question import Answer, Question
from zoning.measures.search import all_activities, as_key
from zoning.measures.withdrawals import Withdrawal, follow
from zoning.model import Zone
from zoning.settings import Settings

Withdrawals = Callable[[str, str, datetime], tuple[Withdrawal, ...]]
"""Returns what is withdrawn in a unit, at premises (empty: anywhere), at a moment."""


@dataclass(frozen=True)
class Spot:
    """Where an activity is asked for, so far as the register of deviations knows places."""

    unit_id: str
    premises: str = ""


@dataclass(frozen=True)
class MeasuresDesk:
    """The orders on restrictions and relaxations that are known here.

    Attributes
    ----------
    memos : tuple of Memo
        The product's, then those of the folder that the settings name.
    clock : Clock
        The present.
    withdrawals : callable or None
        What is withdrawn where; None where no database is asked.
    tells_reasons : bool
        Whether reasons of withdrawals are told: to officers, never to the public.
    """

    memos: tuple[Memo, ...]
    clock: Clock = clock.now
    withdrawals: Withdrawals | None = None
    tells_reasons: bool = False

    def ask(self, question: Question, spot: Spot | None = None) -> Answer:
        """Return the answer to a question; its activity and order may be written as a person would.

        Parameters
        ----------
        question : Question
            What is asked.
        spot : Spot or None
            The place, for what was withdrawn there; None where it isn't said.

        Raises
        ------
        InputError
            If no order knows the activity, or the place has to be said.
        RuleError
            If the order that is named isn't known.
        """
        order = find_memo(self.memos, question.order_id).id if question.order_id else ""
        told = answer(
            self.memos, replace(question, activity=as_key(question.activity), order_id=order)
        )
        if spot is None or self.withdrawals is None:
            return told
        found = self.withdrawals(spot.unit_id, spot.premises, question.at)
        return follow(told, found, self.memos, with_reasons=self.tells_reasons)

    def notes(self, told: Answer) -> tuple[str, ...]:
        """Return sentences on what was said and made no difference."""
        return notes(told)

    def activities(self) -> dict[str, Activity]:
        """Return what can be asked, by key."""
        return all_activities(self.memos)

    def counts(self, activity: str) -> frozenset[str]:
        """Return which quantities an activity's conditions may count: `seats`, `persons`."""
        kinds: set[str] = set()
        for memo in self.memos:
            known = memo.activity(activity)
            for section in () if known is None else known.sections:
                for condition in memo.clause(section).conditions:
                    part = str(condition.as_json().get("part", ""))
                    if not part or known is None or not known.parts or part in known.parts:
                        kinds.add(str(condition.as_json()["kind"]))
        if "seats" in kinds:
            kinds.add("persons")
        return frozenset(kinds & {"seats", "persons"})

    def territories(self) -> tuple[Territory, ...]:
        """Return where the orders bind, each once."""
        return tuple(dict.fromkeys(memo.territory for memo in self.memos))

    def clauses(self, order: str = "") -> tuple[Clause, ...]:
        """Return the clauses of an order, by default of memo 177-CS/2020."""
        return find_memo(self.memos, order or DEFAULT).clauses

    def consequences(self, told: Answer) -> tuple[Provision, ...]:
        """Return what the answering orders say of a deviation."""
        if told.silence is not None:
            return ()
        return tuple(
            provision
            for memo in told.memos
            for provision in memo.provisions
            if provision.subject in ("deviation", "penalty")
        )


def measures_desk(settings: Settings) -> MeasuresDesk:
    """Return the desk over the product's orders and those of the settings' folder.

    Raises
    ------
    RuleError
        If the folder isn't there, or a file in it is faulty.
    """
    return MeasuresDesk(known_memos(settings.memos_folder))


def zone_in(view: MapView, unit_id: str) -> Zone | None:
    """Return the zone of a unit in a view; None if it has no such unit or the zone is none of ours.

    A zone of another rule's levels (Kerala's, Delhi's) is no colour of this memo.
    """
    for code, zone in zip(view.units.unit_id, view.zone, strict=True):
        if code == unit_id:
            return Zone(zone) if zone in set(Zone) else None
    return None


def moment_of(text: str, option: str = "--at") -> datetime:
    """Return a moment written in ISO form; one without offset is Indian Standard Time.

    Raises
    ------
    InputError
        If it isn't one, or says no time of day: at night other clauses hold.
    """
    written = text.strip()
    try:
        date.fromisoformat(written)
    except ValueError:
        pass
    else:
        raise InputError(
            tr(
                "{option} {text} says no time of day, and at night other clauses hold: write for "
                "instance {example}.",
                option=option,
                text=written,
                example=f"{written}T10:00",
            )
        )
    try:
        return clock.as_utc(datetime.fromisoformat(written))
    except (ValueError, OverflowError) as fault:
        raise InputError(
            tr(
                "{option} {text} isn't a moment in ISO form: write for instance 2020-05-25T10:00.",
                option=option,
                text=written,
            )
        ) from fault
