"""Which names resemble a text: proposals for a person, with a score and the doubts that go with it.

A score counts letters that two spellings share. It knows nothing of places, so a
neighbour may score higher than the right one; see `resemblance.toml`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

import numpy as np
from rapidfuzz import fuzz, process

from zoning.i18n.catalogue import tr
from zoning.model import Bools
from zoning.places.names import name_key, normalise

# Texts compared at once: 500 with 10,000 names are a table of 20 MB.
_TEXTS_AT_ONCE = 500


class Doubt(StrEnum):
    """Why a proposal needs a second look, however high its score."""

    DIRECTION = "direction"
    NUMBER = "number"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True)
class Candidate:
    """A unit that a text may mean.

    Attributes
    ----------
    unit_id : str
        Its code.
    name : str
        That of its names that resembles the text most, as written.
    score : float
        0 to 100: twice the letters both have in the same sequence, per letter of both.
    doubts : tuple of Doubt
        What speaks against it.
    """

    unit_id: str
    name: str
    score: float
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True)
class ResemblanceRule:
    """From which score on, and how many; `telling` maps a word to the one it stands for."""

    score_from: float
    at_most: int
    telling: dict[str, str]
    roman: frozenset[str]
    source: tuple[str, ...]


@cache
def resemblance_rule() -> ResemblanceRule:
    """Return the rule in force."""
    data = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return ResemblanceRule(
        score_from=data["score_from"],
        at_most=data["at_most"],
        telling={normalise(w): plain for plain, words in data["telling"].items() for w in words},
        roman=frozenset(data["numerals"]["roman"]),
        source=tuple(data["source"]),
    )


def doubt_label(doubt: Doubt) -> str:
    """Return the words for a doubt, for the list in which a person decides."""
    return {
        Doubt.DIRECTION: tr("direction or size differs (East / West, Old / New)"),
        Doubt.NUMBER: tr("number or letter differs"),
        Doubt.ELSEWHERE: tr("not in the area given"),
    }[doubt]


@dataclass(frozen=True)
class _Form:
    """A name as it is compared.

    Letters run together, so that gaps don't count; and its words sorted, directions in one
    language, so that neither their sequence counts.
    """

    together: str
    in_order: str
    directions: tuple[str, ...]
    numerals: tuple[str, ...]

    @classmethod
    def of(cls, text: str, rule: ResemblanceRule) -> _Form:
        words = sorted(rule.telling.get(word, word) for word in normalise(text).split())
        plain = set(rule.telling.values())
        return cls(
            name_key(text),
            " ".join(words),
            tuple(word for word in words if word in plain),
            tuple(w for w in words if w.isdecimal() or len(w) == 1 or w in rule.roman),
        )


def _doubts(one: _Form, other: _Form) -> tuple[Doubt, ...]:
    found = [Doubt.DIRECTION] if one.directions != other.directions else []
    return tuple(found + ([Doubt.NUMBER] if one.numerals != other.numerals else []))


class Resemblance:
    """Names of units, prepared for comparing many texts with them.

    Parameters
    ----------
    owners : Sequence of int
        Position of the unit that bears each name.
    names : Sequence of str
        The names as written; a unit may have several.
    unit_id : Sequence of str
        Codes of the units.
    rule : ResemblanceRule, optional
        That in force by default.
    """

    def __init__(
        self,
        owners: Sequence[int],
        names: Sequence[str],
        unit_id: Sequence[str],
        rule: ResemblanceRule | None = None,
    ) -> None:
        self.rule = rule or resemblance_rule()
        self._owner = np.array(owners, dtype=np.int64)
        self._names = names
        self._unit_id = unit_id
        self._forms = [_Form.of(name, self.rule) for name in names]

    def propose(
        self, texts: Sequence[str], among: Bools | None = None
    ) -> list[tuple[Candidate, ...]]:
        """Return the units that each text resembles, best first.

        Parameters
        ----------
        texts : Sequence of str
            Texts that no name equals.
        among : Bools, optional
            Which units to consider, shape (number of units,); all by default.
        """
        chosen = np.arange(len(self._forms))
        if among is not None:
            chosen = chosen[among[self._owner]]
        asked = [_Form.of(text, self.rule) for text in texts]
        found: list[tuple[Candidate, ...]] = []
        for start in range(0, len(asked), _TEXTS_AT_ONCE):
            found += self._propose_some(asked[start : start + _TEXTS_AT_ONCE], chosen)
        return found

    def _propose_some(
        self, asked: list[_Form], chosen: np.ndarray[tuple[int], np.dtype[np.int64]]
    ) -> list[tuple[Candidate, ...]]:
        forms = [self._forms[at] for at in chosen]
        cut = self.rule.score_from
        together = process.cdist(
            [form.together for form in asked],
            [form.together for form in forms],
            scorer=fuzz.ratio,
            score_cutoff=cut,
        )
        in_order = process.cdist(
            [form.in_order for form in asked],
            [form.in_order for form in forms],
            scorer=fuzz.ratio,
            score_cutoff=cut,
        )
        scores = np.maximum(together, in_order)
        return [
            self._best(form, chosen[hits], row[hits])
            for form, row in zip(asked, scores, strict=True)
            for hits in [np.flatnonzero((row >= cut) & bool(form.together))]
        ]

    def _best(self, form: _Form, at: np.ndarray, scores: np.ndarray) -> tuple[Candidate, ...]:
        by_unit: dict[int, Candidate] = {}
        for name, score in zip(at, scores, strict=True):
            owner = int(self._owner[name])
            candidate = Candidate(
                self._unit_id[owner],
                self._names[name],
                round(float(score), 1),
                _doubts(form, self._forms[name]),
            )
            if owner not in by_unit or _rank(candidate) < _rank(by_unit[owner]):
                by_unit[owner] = candidate
        return tuple(sorted(by_unit.values(), key=_rank)[: self.rule.at_most])


def _rank(candidate: Candidate) -> tuple[float, int, str, str]:
    return -candidate.score, len(candidate.doubts), candidate.name, candidate.unit_id
