"""What a memo consists of: clauses, their conditions, activities, conflicts and our readings.

The memo's words stay as printed. What we read into them (`interpretation`, `Reading`,
`Conflict.reading`) stands apart, names its source, and is shown as ours.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from zoning.measures.conditions import Condition, Hours


class Where(StrEnum):
    """Where a clause applies: the whole territory, or one containment category."""

    STATE = "state"
    AFFECTED = "A"
    BUFFER = "B"
    CLEAN = "C"


class Status(StrEnum):
    """What a clause says of its activity."""

    ALLOWED = "allowed"
    PROHIBITED = "prohibited"
    CONDITIONAL = "conditional"


@dataclass(frozen=True)
class Clause:
    """One numbered item of a memo.

    Attributes
    ----------
    section : str
        Number as printed, such as `5.xiv`.
    activity : str
        Key of the activity, unique within the memo.
    label : str
        The activity in a few words.
    where : Where
        Where the clause applies.
    status : Status
        What it says.
    text : str
        Verbatim, without its number.
    valid_from, valid_to : date
        First and last day on which it applies; the last may be later than the memo's own.
    words : tuple of str
        Words by which the activity is searched, in any language.
    conditions : tuple of Condition
        What it asks for, structured.
    hours : Hours or None
        The hours it is confined to; outside them it restricts nothing.
    is_general : bool
        A duty of everyone, told beside every answer and never a condition of one.
    is_duty : bool
        It orders something instead of permitting it.
    is_everywhere : bool
        What a category forbids or limits doesn't reach it.
    interpretation, interpretation_source : str
        What we read into an unclear text, and from what; or empty.
    """

    section: str
    activity: str
    label: str
    where: Where
    status: Status
    text: str
    valid_from: date
    valid_to: date
    words: tuple[str, ...] = ()
    conditions: tuple[Condition, ...] = ()
    hours: Hours | None = None
    is_general: bool = False
    is_duty: bool = False
    is_everywhere: bool = False
    interpretation: str = ""
    interpretation_source: str = ""

    def is_in_force(self, on: date) -> bool:
        """Return whether the clause applies on a day."""
        return self.valid_from <= on <= self.valid_to

    def applies_at(self, moment: time) -> bool:
        """Return whether the clause applies at a time of day in India."""
        return self.hours is None or self.hours.holds_at(moment)

    def as_json(self) -> dict[str, object]:
        """Return the clause in the form of the command-line contract."""
        return {
            "section": self.section,
            "text": self.text,
            "activity": self.activity,
            "label": self.label,
            "where": self.where.value,
            "status": self.status.value,
            "general": self.is_general,
            "conditions": [condition.as_json() for condition in self.conditions],
            "hours": None if self.hours is None else self.hours.as_json(),
            "valid_from": self.valid_from.isoformat(),
            "valid_to": self.valid_to.isoformat(),
            "interpretation": self.interpretation,
            "interpretation_source": self.interpretation_source,
        }


@dataclass(frozen=True)
class Provision:
    """A paragraph that orders no activity: who does what, and what follows."""

    section: str
    subject: str
    text: str


@dataclass(frozen=True)
class Activity:
    """What can be asked: the activity of a clause, or one kind of it.

    Attributes
    ----------
    key, label : str
        As asked for, and in a few words.
    sections : tuple of str
        The clauses that speak of it.
    words : tuple of str
        Words by which it is searched.
    parts : tuple of str
        Which parts of the clauses' conditions concern it; empty for all.
    beside : tuple of str or None
        Clauses whose conflict with its own concerns it; None for whatever conflicts.
    """

    key: str
    label: str
    sections: tuple[str, ...]
    words: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    beside: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Regime:
    """What a containment category makes of activities.

    Attributes
    ----------
    category : Where or None
        The category; None for a place that has none.
    zones : tuple of str
        Zones it is confined to; empty for every zone, and for one that isn't named.
    as_in : Where or None
        The category whose clauses apply here too.
    otherwise : str
        Answer to what neither a clause nor a reading settles; empty for none.
    strength_percent : float or None
        Most of the normal strength that a clause of `as_in` grants here.
    by : tuple of str
        Sections that say so.
    interpretation, interpretation_source : str
        What is ours in it.
    """

    category: Where | None
    zones: tuple[str, ...] = ()
    as_in: Where | None = None
    otherwise: str = ""
    strength_percent: float | None = None
    by: tuple[str, ...] = ()
    interpretation: str = ""
    interpretation_source: str = ""


@dataclass(frozen=True)
class Reading:
    """What we read into a memo for some activities: an answer, or a limit that is lifted.

    Attributes
    ----------
    text, source : str
        The reading, and what it rests on.
    activities : tuple of str
        Keys that it concerns.
    category : Where or None
        Where it answers; None where it only lifts.
    status : Status or None
        Its answer there.
    conditions : tuple of Condition
        Of that answer.
    lifts : tuple of str
        Sections that don't limit these activities.
    by : tuple of str
        Sections it leans on.
    """

    text: str
    source: str
    activities: tuple[str, ...]
    category: Where | None = None
    status: Status | None = None
    conditions: tuple[Condition, ...] = ()
    lifts: tuple[str, ...] = ()
    by: tuple[str, ...] = ()


@dataclass(frozen=True)
class Conflict:
    """Clauses of one memo that say different things, and how they are read.

    Attributes
    ----------
    sections : tuple of str
        The clauses.
    text : str
        What collides.
    reading, source : str
        How it is read here, and on what that rests.
    category : Where or None
        The only category in which they meet; None for everywhere.
    """

    sections: tuple[str, ...]
    text: str
    reading: str
    source: str
    category: Where | None = None
