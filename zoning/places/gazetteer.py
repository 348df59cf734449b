"""Which unit a name means: by code, by name in any language, or as a person decided.

What is only alike is proposed and never applied. A person's decision about a text
is remembered and goes before everything else; where it no longer fits the units
it is listed for review.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

import numpy as np

from zoning.model import Bools, Indices, Texts, Units
from zoning.places.matching import (
    DecisionDoubt,
    Match,
    Matches,
    MatchKind,
    NameDecision,
    Question,
)
from zoning.places.names import name_key
from zoning.places.resemblance import Candidate, Doubt, Resemblance, ResemblanceRule
from zoning.places.scripts import fold, split_words

__all__ = [
    "Candidate",
    "Gazetteer",
    "Match",
    "MatchKind",
    "Matches",
    "NameDecision",
    "Question",
]

EVERYWHERE = ""


class Gazetteer:
    """Names and codes of the units of one edition, with the decisions people took on texts.

    Parameters
    ----------
    units : Units
        Units of one edition; `unit_id` and `lgd_code` count as codes, `name` and every
        language of `names` as names.
    decisions : Sequence of NameDecision
        In the sequence in which they were taken: the last one on a text stands.
    rule : ResemblanceRule, optional
        What is proposed; that in force by default.
    """

    def __init__(
        self,
        units: Units,
        decisions: Sequence[NameDecision] = (),
        rule: ResemblanceRule | None = None,
    ) -> None:
        self._unit_id = [str(unit) for unit in units.unit_id]
        self._index = {unit: at for at, unit in enumerate(self._unit_id)}
        self._parent = dict(zip(self._unit_id, map(str, units.parent_id), strict=True))
        self._name = [str(name) for name in units.name]
        self._codes: dict[str, dict[int, MatchKind]] = {}
        self._code_keys: dict[str, dict[int, MatchKind]] = {}
        self._spellings: dict[str, dict[int, MatchKind]] = {}
        self._name_keys: dict[str, dict[int, MatchKind]] = {}
        owners, names = self._collect(units)
        self._resemblance = Resemblance(owners, names, self._unit_id, rule)
        self._inside: dict[str, Bools] = {}
        self._members: dict[str, list[int]] = {}
        for at, unit in enumerate(self._unit_id):
            for area in self._above(unit):
                self._members.setdefault(area, []).append(at)
        self._decided: dict[tuple[str, str], NameDecision] = {}
        #: Decisions that don't fit the units, with the reason.
        self.doubtful_decisions = tuple(self._remember(decisions))

    def find(self, text: str, within: str = EVERYWHERE) -> Match:
        """Return what a text means.

        Parameters
        ----------
        text : str
            A code or a name as written.
        within : str, optional
            Code of an area that must hold the unit: its parent, or one above it among the
            units. A unit that isn't known to lie in it isn't found; it is a candidate.

        Returns
        -------
        Match
            `ambiguous` where several units bear the name, or one as code and another as name.
        """
        return self._answer([(text, within)])[0]

    def find_all(self, texts: Texts, within: Texts | None = None) -> Matches:
        """Return what each text of a column means; each distinct one is looked up once.

        Parameters
        ----------
        texts : Texts
            Shape (n,).
        within : Texts, optional
            Codes of the areas that must hold the units, shape (n,).
        """
        index, distinct = _distinct(texts)
        areas = [EVERYWHERE]
        pairs = index.astype(np.int64)
        if within is not None:
            area_index, areas = _distinct(within)
            pairs = pairs * len(areas) + area_index
        asked, row = np.unique(pairs, return_inverse=True)
        questions = [(distinct[pair // len(areas)], areas[pair % len(areas)]) for pair in asked]
        return Matches(
            tuple(text for text, _ in questions),
            tuple(area for _, area in questions),
            tuple(self._answer(questions)),
            row.astype(np.int32),
        )

    def _collect(self, units: Units) -> tuple[list[int], list[str]]:
        owners: list[int] = []
        names: list[str] = []
        columns = [(units.name, MatchKind.NAME)]
        columns += [(column, MatchKind.ALIAS) for column in units.names.values()]
        for column, kind in columns:
            for at, name in enumerate(map(str, column)):
                if not name.strip():
                    continue
                owners.append(at)
                names.append(name)
                self._spellings.setdefault(_spelling(name), {}).setdefault(at, kind)
                self._name_keys.setdefault(_key(name), {}).setdefault(at, kind)
        codes: list[Iterable[str]] = [self._unit_id]
        codes += [] if units.lgd_code is None else [map(str, units.lgd_code)]
        for code_column in codes:
            for at, code in enumerate(code_column):
                if code.strip():
                    self._codes.setdefault(fold(code).strip(), {})[at] = MatchKind.CODE
                    self._code_keys.setdefault(_key(code), {})[at] = MatchKind.CODE
        return owners, names

    def _bearers(self, text: str) -> dict[int, MatchKind]:
        """Return the units that bear a text as code or name."""
        key = _key(text)
        named = self._name_keys.get(key, {})
        coded = self._codes.get(fold(text).strip())
        if coded is not None:
            # A number that is one ward's code and another's name is what happens where a
            # file's row numbers were taken for codes.
            return named | coded
        return self._spellings.get(_spelling(text)) or named | self._code_keys.get(key, {})

    def _answer(self, questions: list[tuple[str, str]]) -> list[Match]:
        answers = [self._exactly(text, within) for text, within in questions]
        open_ = [at for at, match in enumerate(answers) if match.how is MatchKind.NONE]
        by_area = groupby(
            sorted(open_, key=lambda at: questions[at][1]), lambda at: questions[at][1]
        )
        for area, positions in by_area:
            asked = list(positions)
            among = self._inside_of(area) if area else None
            alike = self._resemblance.propose([questions[at][0] for at in asked], among)
            for at, candidates in zip(asked, alike, strict=True):
                # Inside the area first; a bearer of the very name elsewhere after them.
                answers[at] = Match("", MatchKind.NONE, candidates + answers[at].candidates)
        return answers

    def _exactly(self, text: str, within: str) -> Match:
        if not text.strip():
            return Match("", MatchKind.NONE)
        decision = self._decision(text, within)
        if decision is not None:
            return Match(decision.unit_id, MatchKind.DECIDED)
        bearers = self._bearers(text)
        inside = [at for at in bearers if not within or self._inside_of(within)[at]]
        if len(inside) == 1:
            return Match(self._unit_id[inside[0]], bearers[inside[0]])
        if inside:
            return Match("", MatchKind.AMBIGUOUS, self._bearing(inside))
        return Match("", MatchKind.NONE, self._bearing(list(bearers), Doubt.ELSEWHERE))

    def _bearing(self, units: list[int], *doubts: Doubt) -> tuple[Candidate, ...]:
        found = [Candidate(self._unit_id[at], self._name[at], 100.0, doubts) for at in units]
        return tuple(sorted(found, key=lambda candidate: candidate.unit_id))

    def _inside_of(self, area: str) -> Bools:
        """Return which units lie below an area, shape (number of units,)."""
        if area not in self._inside:
            inside = np.zeros(len(self._unit_id), dtype=bool)
            inside[self._members.get(area, [])] = True
            self._inside[area] = inside
        return self._inside[area]

    def _above(self, unit: str) -> list[str]:
        above: list[str] = []
        parent = self._parent.get(unit, "")
        while parent and parent not in above:
            above.append(parent)
            parent = self._parent.get(parent, "")
        return above

    def _decision(self, text: str, within: str) -> NameDecision | None:
        """Return the decision that holds here: that of the area, or of the nearest above it."""
        key = _key(text)
        for area in [within, *self._above(within), EVERYWHERE] if within else [EVERYWHERE]:
            decision = self._decided.get((key, area))
            if decision is None:
                continue
            is_inside = not (within and decision.unit_id) or bool(
                self._inside_of(within)[self._index[decision.unit_id]]
            )
            if is_inside:
                return decision
        return None

    def _remember(
        self, decisions: Sequence[NameDecision]
    ) -> Iterator[tuple[NameDecision, DecisionDoubt]]:
        for decision in decisions:
            doubt = self._refusal(decision)
            if doubt is not None:
                yield decision, doubt
                continue
            place = (_key(decision.text), decision.within)
            if place in self._decided and self._decided[place].unit_id != decision.unit_id:
                yield self._decided[place], DecisionDoubt.DECIDED_AGAIN
            self._decided[place] = decision
        for decision in self._decided.values():
            bearers = self._bearers(decision.text)
            if bearers and self._index.get(decision.unit_id, -1) not in bearers:
                yield decision, DecisionDoubt.NAME_OF_ANOTHER

    def _refusal(self, decision: NameDecision) -> DecisionDoubt | None:
        if not decision.text.strip():
            return DecisionDoubt.TEXT_EMPTY
        if not decision.unit_id:
            return None
        if decision.unit_id not in self._index:
            return DecisionDoubt.UNIT_UNKNOWN
        at = self._index[decision.unit_id]
        if decision.within and not self._inside_of(decision.within)[at]:
            return DecisionDoubt.UNIT_ELSEWHERE
        return None


def _key(text: str) -> str:
    # Signs alone have no normal form, and a person may still decide what "--" means.
    return name_key(text) or text.strip()


def _spelling(text: str) -> str:
    """Return a text as written but for case and gaps, with the word "ward" where it stands."""
    return " ".join(split_words(text)) or text.strip()


def _distinct(texts: Texts) -> tuple[Indices, list[str]]:
    position: dict[str, int] = {}
    codes = (position.setdefault(text, len(position)) for text in texts)
    index: Indices = np.fromiter(codes, dtype=np.int32, count=len(texts))
    return index, list(position)
