"""How a file is to be read, as far as a person has said so: choices and answers make a mapping."""

from __future__ import annotations

from collections.abc import Mapping as Pairs
from dataclasses import dataclass, field, replace

from zoning.readers.doubts import Doubt
from zoning.readers.guess import NEEDED
from zoning.readers.guess_dates import date_forms
from zoning.readers.mapping import SERIES, Mapping
from zoning.readers.preview import COLUMNS
from zoning.store.imports import ImportKind
from zoning.workflow.taking import SECTIONS

__all__ = [
    "ABOUT_COLUMNS",
    "ABOUT_DATES",
    "SERIES",
    "Choices",
    "Doubt",
    "chosen_mapping",
    "doubt_key",
    "needed_columns",
    "our_columns",
    "usual_formats",
]

ABOUT_COLUMNS = frozenset({"column_uncertain", "column_rivals", "column_missing"})
"""Doubts that are answered by saying which column of the file is ours."""
ABOUT_DATES = frozenset({"dates_ambiguous", "dates_mixed"})
"""Doubts that are answered by one format of days, or by several."""
MEANS_NOTHING = ""


@dataclass(frozen=True)
class Choices:
    """What a person said.

    Attributes
    ----------
    columns : dict of str to str or None
        By our name, the column of the file; None where the file has none.
    formats : tuple of str or None
        Formats of days, an empty one for ISO 8601; None where the draft's stand.
    series : str or None
        What the rows of a case file are; None where the draft's stands.
    words : dict of str to dict of str to str
        By our name, what words in its cells mean.
    constants : dict of str to str
        By our name, a text that stands for every row.
    is_event : bool
        Whether the column of outcomes tells events instead.
    """

    columns: Pairs[str, str | None] = field(default_factory=dict)
    formats: tuple[str, ...] | None = None
    series: str | None = None
    words: Pairs[str, Pairs[str, str]] = field(default_factory=dict)
    constants: Pairs[str, str] = field(default_factory=dict)
    is_event: bool = False


def doubt_key(doubt: Doubt) -> str:
    """Return what names a doubt among those of one file."""
    return f"{doubt.code}-{doubt.ours}"


def chosen_mapping(draft: Mapping, names: tuple[str, ...], choices: Choices) -> Mapping:
    """Return the draft with what was chosen put in place.

    Parameters
    ----------
    draft : Mapping
        As proposed, or as confirmed for such a header before.
    names : tuple of str
        All columns of the file.
    choices : Choices
        What a person said.
    """
    columns = {ours: theirs for ours, theirs in draft.columns.items() if ours in names or theirs}
    constants = dict(draft.constants)
    folded = {name.strip().casefold() for name in names}
    for ours, theirs in choices.columns.items():
        columns.pop(ours, None)
        constants.pop(ours, None)
        if theirs is not None:
            columns[ours] = theirs
        elif ours.casefold() in folded:
            # A reader would take the column of this very name; so every row is told to be empty.
            constants[ours] = MEANS_NOTHING
    constants |= choices.constants
    values = {ours: dict(words) for ours, words in draft.values.items()}
    for ours, words in choices.words.items():
        values.setdefault(ours, {}).update(words)
    if choices.is_event and "outcome" in columns:
        columns["event"] = columns.pop("outcome")
        values["event"] = values.pop("outcome", {})
    formats = draft.formats if choices.formats is None else choices.formats
    return replace(
        draft,
        columns=columns,
        constants=constants,
        values={ours: words for ours, words in values.items() if words},
        date_format=formats[0] if len(formats) == 1 else "",
        date_formats=formats if len(formats) > 1 else (),
        series=draft.series if choices.series is None else choices.series,
    )


def our_columns(kind: str) -> tuple[str, ...]:
    """Return our columns of a kind of file."""
    return COLUMNS[SECTIONS[ImportKind(kind)]]


def usual_formats() -> tuple[str, ...]:
    """Return formats in which days are usually written, an empty one for ISO 8601."""
    return tuple(form.format for form in date_forms())


def needed_columns(kind: str) -> tuple[tuple[str, ...], ...]:
    """Return the columns without which no row can be read; of each group one is enough."""
    return NEEDED[SECTIONS[ImportKind(kind)]]
