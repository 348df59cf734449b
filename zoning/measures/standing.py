"""An order at one moment, for one activity: which of its clauses stand, and how they are read."""

from __future__ import annotations

from datetime import date

from zoning.clock import IST, today_ist
from zoning.measures.clauses import Clause, Conflict, Reading, Where
from zoning.measures.conditions import Condition, Persons, Seats
from zoning.measures.order import Memo
from zoning.measures.question import Interpretation, Question

_WHERE = {"A": Where.AFFECTED, "B": Where.BUFFER, "C": Where.CLEAN}


class Standing:
    """One order and one question; what is looked up of the order for it.

    Parameters
    ----------
    memo : Memo
        The order.
    question : Question
        What is asked.
    """

    def __init__(self, memo: Memo, question: Question) -> None:
        self.memo, self.question = memo, question
        self.day: date = today_ist(question.at)
        self.moment = question.at.astimezone(IST).time()
        self.zone = "" if question.zone is None else question.zone.value
        self.category = None if question.category is None else _WHERE[question.category.value]
        self.activity = memo.activity(question.activity)
        sections = () if self.activity is None else self.activity.sections
        self.own = tuple(memo.clause(section) for section in sections)
        self.clauses = tuple(clause for clause in self.own if clause.is_in_force(self.day))

    def conditions_of(self, clauses: tuple[Clause, ...]) -> tuple[tuple[Condition, str], ...]:
        """Return the conditions that concern the activity, each with its section."""
        return tuple(
            (condition, clause.section)
            for clause in clauses
            for condition in clause.conditions
            if self._concerns_part(condition)
        )

    def _concerns_part(self, condition: Condition) -> bool:
        parts = () if self.activity is None else self.activity.parts
        part = condition.part if isinstance(condition, Persons | Seats) else ""
        return not part or not parts or part in parts

    def are_in_force(self, sections: tuple[str, ...]) -> bool:
        """Return whether all of some sections are in force; a provision always is."""
        known = {clause.section: clause for clause in self.memo.clauses}
        return all(known[s].is_in_force(self.day) for s in sections if s in known)

    def reading(self, category: Where | None) -> Reading | None:
        """Return the reading that answers for the activity in a category."""
        for reading in self._readings():
            if reading.status is not None and reading.category is category:
                return reading
        return None

    def lifting(self, sections: tuple[str, ...]) -> Reading | None:
        """Return the reading that takes one of some limits away from the activity."""
        for reading in self._readings():
            if set(reading.lifts) & set(sections):
                return reading
        return None

    def _readings(self) -> list[Reading]:
        asked = self.question.activity
        return [reading for reading in self.memo.readings if asked in reading.activities]

    def conflicts(self) -> tuple[Conflict, ...]:
        """Return the known conflicts that concern the activity here."""
        return tuple(conflict for conflict in self.memo.conflicts if self._concerns(conflict))

    def _concerns(self, conflict: Conflict) -> bool:
        if conflict.category is not None and conflict.category is not self._read_as():
            return False
        own = {clause.section for clause in self.clauses}
        if not own & set(conflict.sections) or not self.are_in_force(conflict.sections):
            return False
        beside = None if self.activity is None else self.activity.beside
        return beside is None or set(conflict.sections) <= own | set(beside)

    def _read_as(self) -> Where | None:
        """Return the category, or the one in whose place a place without any is read."""
        regime = self.memo.regime(self.category, self.zone)
        return self.category or (None if regime is None else regime.as_in)

    def interpretations_of(self, sections: tuple[str, ...]) -> tuple[Interpretation, ...]:
        """Return what is ours in some clauses."""
        return tuple(
            Interpretation(clause.interpretation, clause.interpretation_source)
            for clause in self.memo.clauses
            if clause.section in sections and clause.interpretation
        )
