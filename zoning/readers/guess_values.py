"""What the words in cells mean, as far as they are known: outcomes, kinds, categories."""

from __future__ import annotations

from pathlib import Path

from zoning.access import SUBJECTS
from zoning.i18n.catalogue import tr
from zoning.model import OUTCOME_CODES, Category, ContactStatus, FacilityKind, Level
from zoning.readers import doubts as ask
from zoning.readers.columns import FALSEHOODS, TRUTHS
from zoning.readers.doubts import Doubt
from zoning.readers.guess_words import ColumnWords, plain, value_words
from zoning.readers.order_terms import ZONES
from zoning.readers.profiles import Profile
from zoning.readers.roster_terms import POSTS

Values = dict[str, dict[str, str]]

# What a reader understands without being told, case folded.
UNDERSTOOD: dict[str, frozenset[str]] = {
    "outcome": frozenset(OUTCOME_CODES),
    "event": frozenset({"confirmed", *OUTCOME_CODES}),
    "truth": frozenset({*TRUTHS, *FALSEHOODS}),
    "level": frozenset(),
    "kind": frozenset(str(kind) for kind in FacilityKind),
    "category": frozenset({"a", "b", "c", *(str(category) for category in Category)}),
    "zone": frozenset(str(zone) for zone in ZONES),
    "contact_status": frozenset(str(status) for status in ContactStatus),
    "role": frozenset(post.value for post in POSTS),
    "subject": frozenset(SUBJECTS),
}
# Of these a reader knows our own word alone, as it is written.
EXACT = frozenset({"level", "role", "subject"})
ANSWERS: dict[str, tuple[str, ...]] = {
    "outcome": ("recovered", "died", "ended", "retracted", ""),
    "event": ("confirmed", "recovered", "died", "ended"),
    "truth": ("yes", "no"),
    "level": tuple(str(level) for level in Level),
    "kind": tuple(str(kind) for kind in FacilityKind),
    "category": tuple(str(category) for category in Category),
    "zone": tuple(str(zone) for zone in ZONES),
    "contact_status": tuple(str(status) for status in ContactStatus),
    "role": tuple(post.value for post in POSTS),
    "subject": tuple(SUBJECTS),
}


def guess_values(
    path: Path, kind: str, theirs: dict[str, Profile], words: tuple[ColumnWords, ...]
) -> tuple[Values, dict[str, str], list[Doubt]]:
    """Return what words in cells mean, texts that stand for every row, and what to ask.

    Parameters
    ----------
    path : Path
        File; its name may tell what it holds.
    kind : str
        Kind of file.
    theirs : dict of str to Profile
        Columns of the file by our names.
    words : tuple[ColumnWords, ...]
        How our columns are recognised.
    """
    values: Values = {}
    doubts: list[Doubt] = []
    for known in words:
        if known.holds not in UNDERSTOOD or known.ours not in theirs:
            continue
        meant, unknown = _meaning(theirs[known.ours], known.holds)
        if meant:
            values[known.ours] = meant
        doubts += ask.of_words(known.ours, unknown, ANSWERS[known.holds])
    doubts += _outcome_or_event(kind, theirs)
    constants: dict[str, str] = {}
    if kind == "facilities" and "kind" not in theirs:
        constants, asked = _facility_kind(path, theirs)
        doubts += asked
    return values, constants, doubts


def _meaning(column: Profile, holds: str) -> tuple[dict[str, str], list[str]]:
    """Return what the words of a column mean where a reader wouldn't know, and those unknown."""
    meant: dict[str, str] = {}
    unknown = []
    for text in column.texts:
        if text in UNDERSTOOD[holds] or (holds not in EXACT and text.lower() in UNDERSTOOD[holds]):
            continue
        ours = value_words(holds).get(plain(text))
        if ours is None:
            unknown.append(text)
        elif ours != text:
            meant[text] = ours
    return meant, unknown


def _outcome_or_event(kind: str, theirs: dict[str, Profile]) -> list[Doubt]:
    """Ask what a row that says recovered stands for, where rows stand for several cases."""
    if kind != "cases" or not {"count", "outcome"} <= theirs.keys() or "outcome_on" in theirs:
        return []
    question = tr(
        "What does a row tell whose {theirs} is recovered or died: how these cases ended "
        "(outcome), or the end of cases that other rows told before (event)? Told as an outcome, "
        "the latter would be counted twice.",
        theirs=theirs["outcome"].name,
    )
    return [Doubt("outcome_or_event", question, "outcome", ("outcome", "event"))]


def _facility_kind(path: Path, theirs: dict[str, Profile]) -> tuple[dict[str, str], list[Doubt]]:
    """Return the kind that the names of the file and of its column of names speak of."""
    told = plain(f"{path.stem} {theirs['name'].name if 'name' in theirs else ''}").split()
    kinds = {value_words("kind")[word] for word in told if word in value_words("kind")}
    if len(kinds) == 1:
        return {"kind": kinds.pop()}, []
    question = tr("Of which kind are these facilities?")
    return {}, [Doubt("kind_missing", question, "kind", ANSWERS["kind"])]
