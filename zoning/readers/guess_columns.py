"""Which column of a file may be which of ours, with confidence and reason."""

from __future__ import annotations

from dataclasses import dataclass

from zoning.i18n.catalogue import marked, tr
from zoning.readers.guess_words import ColumnWords, bounds, plain
from zoning.readers.profiles import Profile, header_match

# What the cells of a column were found to hold, for a reason.
HOLDS = {
    "day": marked("days"),
    "whole": marked("whole numbers"),
    "number": marked("numbers"),
    "lon": marked("degrees east"),
    "lat": marked("degrees north"),
    "truth": marked("yes or no"),
    "outcome": marked("words for how a case ended"),
    "event": marked("words for what is told of a case"),
    "level": marked("kinds of units"),
    "kind": marked("kinds of facilities"),
    "category": marked("categories of containment"),
    "zone": marked("colours of zones"),
    "contact_status": marked("words for how a follow-up stands"),
    "role": marked("roles of officers"),
    "subject": marked("subjects of a responsibility"),
    "key": marked("codes"),
    "code": marked("codes"),
    "name": marked("names"),
    "text": marked("texts"),
}


@dataclass(frozen=True)
class ColumnGuess:
    """One of our columns and the column of the file that it may be.

    Attributes
    ----------
    ours, theirs : str
        Our name, and the name in the file.
    confidence : float
        From 0 to 1: how well its name fits, times how well its cells do.
    reason : str
        The same in words.
    rivals : tuple[str, ...]
        Columns that fit nearly as well.
    """

    ours: str
    theirs: str
    confidence: float
    reason: str
    rivals: tuple[str, ...] = ()


def guess_columns(
    profiles: list[Profile], words: tuple[ColumnWords, ...]
) -> tuple[ColumnGuess, ...]:
    """Return the columns that fit, the best first; no column of the file twice."""
    scores = {
        (known.ours, column.name): header_match(column.name, known.words, known.avoid)
        * column.fit(known.holds)
        for known in words
        for column in profiles
        if header_match(column.name, known.words, known.avoid)
    }
    rank = {
        (known.ours, column.name): _rank(column.name, known)
        for known in words
        for column in profiles
    }
    by_name = {known.ours: known for known in words}
    taken: dict[str, str] = {}
    for ours, theirs in sorted(scores, key=lambda pair: (-scores[pair], rank[pair])):
        if scores[ours, theirs] < bounds().propose_from:
            break
        if ours not in taken and theirs not in taken.values():
            taken[ours] = theirs
    rivals = {ours: _rivals(ours, theirs, scores, taken) for ours, theirs in taken.items()}
    for names, codes in (("name", "unit_id"), ("name", "booth_id")):
        if names in taken and codes in taken:
            kin = [c for c in (taken[names], *rivals[names]) if _stem(c) == _stem(taken[codes])]
            if kin:
                taken[names], *rest = kin
                rivals[names] = tuple(rest)
    return tuple(
        ColumnGuess(
            ours, theirs, scores[ours, theirs], _reason(ours, theirs, by_name[ours]), rivals[ours]
        )
        for ours, theirs in taken.items()
    )


def _stem(name: str) -> str:
    """Return a name without its last word: what a code and a name of one thing share."""
    return " ".join(plain(name).split()[:-1])


def _rank(name: str, known: ColumnWords) -> int:
    """Return how usual a name is: the first words of a list come first."""
    header = f" {plain(name)} "
    return next(
        (i for i, word in enumerate(known.words) if f" {word} " in header), len(known.words)
    )


def _rivals(
    ours: str, theirs: str, scores: dict[tuple[str, str], float], taken: dict[str, str]
) -> tuple[str, ...]:
    within = scores[ours, theirs] - bounds().rivals_within
    least = max(within, bounds().propose_from)
    return tuple(
        name
        for (other, name), score in scores.items()
        if other == ours and name != theirs and score >= least and name not in taken.values()
    )


def _reason(ours: str, theirs: str, known: ColumnWords) -> str:
    match = header_match(theirs, known.words, known.avoid)
    holds = tr(HOLDS[known.holds])
    if match >= bounds().match_word:
        return tr(
            "{theirs} is a usual name for {ours}, and the column holds {holds}",
            theirs=theirs,
            ours=ours,
            holds=holds,
        )
    return tr(
        "{theirs} sounds like a name for {ours}, and the column holds {holds}",
        theirs=theirs,
        ours=ours,
        holds=holds,
    )
