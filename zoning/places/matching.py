"""What came of looking up names: found, decided, ambiguous or a question for a person."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from zoning.i18n.catalogue import tr
from zoning.model import Indices, Texts
from zoning.places.resemblance import Candidate


class MatchKind(StrEnum):
    """How a text came to its unit, or why it has none."""

    CODE = "code"
    NAME = "name"
    ALIAS = "alias"
    DECIDED = "decided"
    AMBIGUOUS = "ambiguous"
    NONE = "none"


@dataclass(frozen=True)
class Match:
    """The answer to one text.

    Attributes
    ----------
    unit_id : str
        The unit; empty for none. Never one that is only alike.
    how : MatchKind
        `code`, `name`, `alias` (a name in another language) and `decided` are answers; a
        decision may say that the text names no unit of ours. `ambiguous` and `none` are
        questions.
    candidates : tuple of Candidate
        For a question: the bearers of the name, or the units whose names are alike, best
        first; after them those that bear the name outside the area given.
    """

    unit_id: str
    how: MatchKind
    candidates: tuple[Candidate, ...] = ()

    @property
    def is_question(self) -> bool:
        """A person has to say which unit is meant."""
        return self.how in (MatchKind.AMBIGUOUS, MatchKind.NONE)


@dataclass(frozen=True)
class NameDecision:
    """What a person said that a text means.

    Attributes
    ----------
    text : str
        The text as it stood in the file; it holds for every text of the same normal form.
    unit_id : str
        The unit meant; empty where the text names no unit of ours.
    within : str
        Code of the area in which it holds; empty for everywhere.
    """

    text: str
    unit_id: str
    within: str = ""


class DecisionDoubt(StrEnum):
    """Why a remembered decision doesn't fit the units of today."""

    UNIT_UNKNOWN = "unit_unknown"
    UNIT_ELSEWHERE = "unit_elsewhere"
    NAME_OF_ANOTHER = "name_of_another"
    DECIDED_AGAIN = "decided_again"
    TEXT_EMPTY = "text_empty"


def decision_doubt_label(doubt: DecisionDoubt) -> str:
    """Return the words for a doubt about a decision, for the list in which it is reviewed."""
    return {
        DecisionDoubt.UNIT_UNKNOWN: tr("not applied: the unit isn't in this edition"),
        DecisionDoubt.UNIT_ELSEWHERE: tr("not applied: the unit isn't in the area decided for"),
        DecisionDoubt.NAME_OF_ANOTHER: tr("applied, though another unit has this very name"),
        DecisionDoubt.DECIDED_AGAIN: tr("not applied: a later decision on this text replaces it"),
        DecisionDoubt.TEXT_EMPTY: tr("not applied: an empty text names nothing"),
    }[doubt]


@dataclass(frozen=True)
class Question:
    """A text that a person has to decide on, once for all its rows."""

    text: str
    within: str
    n_rows: int
    match: Match


@dataclass(frozen=True)
class Matches:
    """The answers to a column of texts.

    Attributes
    ----------
    texts, within : tuple of str
        The distinct pairs asked for, as written.
    matches : tuple of Match
        The answer to each pair.
    index : Indices
        Shape (n,): position of each row's pair.
    """

    texts: tuple[str, ...]
    within: tuple[str, ...]
    matches: tuple[Match, ...]
    index: Indices

    def __len__(self) -> int:
        return len(self.index)

    def unit_id(self) -> Texts:
        """Return each row's unit, shape (n,); empty for none."""
        return self._by_row([match.unit_id for match in self.matches])

    def how(self) -> Texts:
        """Return each row's `MatchKind` value, shape (n,)."""
        return self._by_row([match.how.value for match in self.matches])

    def questions(self) -> tuple[Question, ...]:
        """Return what a person has to decide, the most frequent text first.

        Blank texts name nothing and are no question.
        """
        n_rows = np.bincount(self.index, minlength=len(self.matches))
        found = [
            Question(text, within, int(n), match)
            for text, within, n, match in zip(
                self.texts, self.within, n_rows, self.matches, strict=True
            )
            if match.is_question and text.strip()
        ]
        return tuple(sorted(found, key=lambda q: (-q.n_rows, q.text, q.within)))

    def _by_row(self, values: list[str]) -> Texts:
        table: Texts = np.array(values, dtype=object)
        return table[self.index] if len(self.index) else np.empty(0, dtype=object)
