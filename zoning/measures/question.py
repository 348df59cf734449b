"""A question on a measure and its answer, as values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from zoning.errors import InputError
from zoning.i18n.catalogue import tr
from zoning.measures.clauses import Clause, Conflict
from zoning.measures.conditions import Condition, Hours
from zoning.measures.order import Memo, Place
from zoning.model import Category, Zone


class Answered(StrEnum):
    """What the orders say."""

    ALLOWED = "allowed"
    PROHIBITED = "prohibited"
    CONDITIONAL = "conditional"
    NOT_ADDRESSED = "not_addressed"


class Silence(StrEnum):
    """Why no order answers."""

    NOT_YET = "not_yet"
    ENDED = "ended"
    SUPERSEDED = "superseded"
    ELSEWHERE = "elsewhere"
    UNSAID = "unsaid"


@dataclass(frozen=True)
class Quantities:
    """What is planned, where it is told: seats of a vehicle, persons, percent of the strength.

    Raises
    ------
    InputError
        If a number is none that can be.
    """

    seats: int | None = None
    persons: int | None = None
    percent: float | None = None

    def __post_init__(self) -> None:
        if self.seats is not None and self.seats < 1:
            raise InputError(
                tr("A vehicle of {seats} seats isn't one; give 1 or more.", seats=self.seats)
            )
        if self.persons is not None and self.persons < 0:
            raise InputError(
                tr("There can't be {persons} persons; give 0 or more.", persons=self.persons)
            )
        if self.percent is not None and not 0 <= self.percent <= 100:
            raise InputError(
                tr(
                    "{percent} % of the normal strength can't be; give 0 to 100.",
                    percent=f"{self.percent:g}",
                )
            )


ANYWHERE = Place()
UNTOLD = Quantities()


@dataclass(frozen=True)
class Question:
    """What is asked, when and where.

    Attributes
    ----------
    activity : str
        Key of the activity.
    at : datetime
        The moment, with its offset.
    category : Category or None
        Containment category of the place; None if it has none.
    zone : Zone or None
        Colour of the zone; None where it isn't said.
    place : Place
        Where, by codes; only needed where orders of several territories are known.
    planned : Quantities
        What is planned.
    order_id : str
        The only order that is to answer; empty for whichever is in force.
    """

    activity: str
    at: datetime
    category: Category | None
    zone: Zone | None = None
    place: Place = ANYWHERE
    planned: Quantities = UNTOLD
    order_id: str = ""


@dataclass(frozen=True)
class Asked:
    """A condition as it counts here.

    Attributes
    ----------
    condition : Condition or Hours
        What is asked for.
    section : str
        The clause that asks.
    at_most : int or None
        Most persons, computed where the seats are known.
    is_met : bool or None
        Whether what is planned keeps to it; None where nothing was told.
    """

    condition: Condition | Hours
    section: str
    at_most: int | None = None
    is_met: bool | None = None


@dataclass(frozen=True)
class Cited:
    """A clause or provision of an answer; `is_deciding` tells it from one shown beside."""

    order: str
    section: str
    text: str
    is_deciding: bool


@dataclass(frozen=True)
class Interpretation:
    """What we read into the text, and from what."""

    text: str
    source: str


@dataclass(frozen=True)
class Withdrawn:
    """A withdrawal that concerns an answer.

    Attributes
    ----------
    number, scope, activity : str
        How it is cited; `premises` or `area`; what is closed, empty for all that is permitted.
    reason : str
        Why; empty where it isn't told.
    effective_at, review_at : datetime
        Since when, and when it is looked at again.
    is_in_part : bool
        It closes a kind of what is asked, not all of it.
    """

    number: str
    scope: str
    activity: str
    reason: str
    effective_at: datetime
    review_at: datetime
    is_in_part: bool = False


@dataclass(frozen=True)
class Answer:
    """What the orders say of a question.

    Attributes
    ----------
    question : Question
        As asked.
    status : Answered
        In one word.
    label : str
        The activity in a few words.
    memos : tuple of Memo
        The orders that answer; of a silence, those that were asked.
    silence : Silence or None
        Why nothing answers; None if something does.
    is_duty : bool
        It is ordered, not only allowed.
    conditions : tuple of Asked
        What is asked for.
    general : tuple of Clause
        Duties of everyone.
    clauses : tuple of Cited
        Those that decide, then those beside.
    conflicts : tuple of Conflict
        Known conflicts of these clauses.
    interpretations : tuple of Interpretation
        What is ours in the answer.
    withdrawals : tuple of Withdrawn
        Relaxations withdrawn at the place, that concern the activity.
    is_withdrawn : bool
        One of them is why it is prohibited.
    """

    question: Question
    status: Answered
    label: str
    memos: tuple[Memo, ...]
    silence: Silence | None = None
    is_duty: bool = False
    conditions: tuple[Asked, ...] = ()
    general: tuple[Clause, ...] = ()
    clauses: tuple[Cited, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    interpretations: tuple[Interpretation, ...] = ()
    withdrawals: tuple[Withdrawn, ...] = ()
    is_withdrawn: bool = False

    @classmethod
    def silent(cls, question: Question, memos: tuple[Memo, ...], why: Silence) -> Answer:
        """Return that nothing answers, and why."""
        known = (memo.activity(question.activity) for memo in memos)
        label = next((found.label for found in known if found is not None), question.activity)
        return cls(question, Answered.NOT_ADDRESSED, label, memos, silence=why)

    @property
    def exceeded(self) -> tuple[Asked, ...]:
        """Return the conditions that what is planned doesn't keep to."""
        return tuple(asked for asked in self.conditions if asked.is_met is False)

    @property
    def is_quantified(self) -> bool:
        """Return whether some condition took what is planned into account."""
        return any(asked.is_met is not None for asked in self.conditions)
