"""A proposal how a file is to be read: columns, forms of days, words, kind of numbers.

Nothing is applied by itself. A person sees the proposal with its reasons, answers
the doubts, confirms, and saves it as a mapping file.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa

from zoning.errors import InputError
from zoning.i18n.catalogue import tr
from zoning.model import Finding
from zoning.readers import doubts as ask
from zoning.readers.doubts import Doubt
from zoning.readers.guess_columns import ColumnGuess, guess_columns
from zoning.readers.guess_dates import DateGuess, guess_date_formats
from zoning.readers.guess_series import of_series
from zoning.readers.guess_values import guess_values
from zoning.readers.guess_words import bounds, column_words
from zoning.readers.mapping import Mapping
from zoning.readers.profiles import Profile, profile
from zoning.readers.sheets import FileForm, Sheet, joined
from zoning.readers.tables import column_names, is_table, read_sheets

KINDS = (
    "cases",
    "outcomes",
    "tests",
    "units",
    "booths",
    "facilities",
    "orders",
    "rounds",
    "contacts",
    "samples",
    "isolation",
    "roster",
)
# Kinds whose places may be drawn in a map file.
DRAWN_KINDS = ("units", "booths", "orders", "isolation")
# Without which no row of a kind can be read; a group says that one of several is enough.
NEEDED: dict[str, tuple[tuple[str, ...], ...]] = {
    "cases": (("confirmed_on",), ("unit_id", "booth_id", "lon", "address")),
    "outcomes": (("case_id",), ("outcome", "outcome_on")),
    "tests": (("unit_id",), ("on",), ("tests",), ("positives",)),
    "units": (("unit_id",),),
    "booths": (("booth_id",),),
    "facilities": (("name",), ("kind",)),
    "orders": (("number",), ("effective_on",)),
    "rounds": (("area_id",), ("on",), ("houses_total",), ("houses_visited",)),
    "contacts": (("contact_id",), ("area_id",), ("told_on",), ("status",)),
    "samples": (("area_id",), ("taken_on",), ("samples",), ("results",)),
    "isolation": (("isolation_id",), ("authority",), ("from_on",)),
    "roster": (("person_id",), ("name",), ("email",), ("role",), ("from_on",)),
}


@dataclass(frozen=True)
class MappingGuess:
    """A proposal how a file is to be read.

    Attributes
    ----------
    kind : str
        One of `KINDS`.
    mapping : Mapping
        The draft, as far as it goes.
    columns : tuple[ColumnGuess, ...]
        The columns proposed, with confidence and reasons.
    dates : DateGuess or None
        The forms of days, over all columns of days; None where the kind or the file has none.
    doubts : tuple[Doubt, ...]
        What a person has to answer first.
    notes : tuple[Finding, ...]
        What was met in the file itself: lines above its table, sheets, bytes that are no text.
    names : tuple[str, ...]
        All columns of the file.
    n_rows : int
        How many rows were looked at.
    """

    kind: str
    mapping: Mapping
    columns: tuple[ColumnGuess, ...]
    dates: DateGuess | None
    doubts: tuple[Doubt, ...]
    notes: tuple[Finding, ...] = ()
    names: tuple[str, ...] = field(default=())
    n_rows: int = 0

    @property
    def unused(self) -> tuple[str, ...]:
        """All columns of the file that nothing is taken from."""
        used = set(self.mapping.columns.values())
        return tuple(name for name in self.names if name not in used)


def guess_mapping(path: Path, kind: str, encoding: str = "", layer: str = "") -> MappingGuess:
    """Return a proposal how a file is to be read.

    Parameters
    ----------
    path : Path
        A table, or for units, booths, orders and isolation units any vector file.
    kind : str
        What it is said to hold, one of `KINDS`.
    encoding, layer : str
        Where they were told already.

    Raises
    ------
    InputError
        If the file can't be read at all.
    """
    if kind not in KINDS:
        raise InputError(
            tr(
                "{kind} is no kind of file; it must be one of {known}.",
                kind=kind,
                known=", ".join(KINDS),
            )
        )
    words = column_words(kind)
    sheet = _begin(path, kind, encoding, layer)
    profiles = [
        profile(name, column)
        for name, column in zip(sheet.table.column_names, sheet.table.columns, strict=True)
        if not (pa.types.is_nested(column.type) or pa.types.is_binary(column.type))
    ]
    by_name = {column.name: column for column in profiles}
    guesses = guess_columns(profiles, words)
    theirs = {guess.ours: by_name[guess.theirs] for guess in guesses}
    doubts = [*_of_file(sheet), *ask.of_columns(guesses)]
    doubts += _missing(kind, theirs, profiles)
    if kind in ("cases", "tests") and "unit_id" in theirs:
        doubts += ask.of_places("unit_id", theirs["unit_id"])
    days = [known.ours for known in words if known.holds == "day" and known.ours in theirs]
    dates = (
        guess_date_formats(text for ours in days for text in theirs[ours].texts) if days else None
    )
    if dates is not None:
        doubts += ask.of_dates(days[0], dates)
        doubts += [doubt for ours in days for doubt in ask.of_exchanged_days(ours, theirs[ours])]
    values, constants, of_words = guess_values(path, kind, theirs, words)
    doubts += of_words
    formats = dates.formats if dates else ()
    place = theirs.get("unit_id", theirs.get("booth_id"))
    if kind == "cases" and place and {"confirmed_on", "count"} <= theirs.keys():
        doubts += of_series(place, theirs["confirmed_on"], theirs["count"], formats)
    mapping = Mapping(
        columns={known.ours: theirs[known.ours].name for known in words if known.ours in theirs},
        date_format=formats[0] if len(formats) == 1 else "",
        date_formats=formats if len(formats) > 1 else (),
        values=values,
        constants=constants,
        encoding=encoding,
        layer=layer,
    )
    return MappingGuess(
        kind=kind,
        mapping=mapping,
        columns=tuple(sorted(guesses, key=lambda guess: -guess.confidence)),
        dates=dates,
        doubts=tuple(doubts),
        notes=tuple(finding for finding in sheet.findings if not finding.rejects),
        names=tuple(sheet.table.column_names),
        n_rows=sheet.table.num_rows,
    )


def _missing(kind: str, theirs: dict[str, Profile], profiles: list[Profile]) -> list[Doubt]:
    holds = {known.ours: known.holds for known in column_words(kind)}
    free = [column for column in profiles if column not in theirs.values()]
    doubts = []
    for group in NEEDED[kind]:
        # Of which kind facilities are is asked with the words of cells.
        if set(group) & theirs.keys() or group == ("kind",):
            continue
        is_telling = holds[group[0]] in ("day", "whole")
        fitting = [
            column.name
            for column in free
            if is_telling and column.n_filled and column.fit(holds[group[0]]) >= bounds().mostly
        ]
        others = [column.name for column in profiles if column.name not in fitting]
        doubts.append(ask.missing(group[0], fitting, others))
    return doubts


def _begin(path: Path, kind: str, encoding: str, layer: str) -> Sheet:
    """Return the begin of a file, as many rows of it as are looked at."""
    is_map = path.suffix.lower() in (".parquet", ".geoparquet") or not is_table(path)
    if is_map and kind in DRAWN_KINDS:
        from zoning.readers.vector import open_shapes

        opened = open_shapes(path, Mapping(encoding=encoding, layer=layer), kind)
        return Sheet(1, opened.table)
    known = frozenset(word for entry in column_words(kind) for word in (entry.ours, *entry.words))
    form = FileForm(encoding, layer, known)
    names = column_names(path, form)
    return joined(_first(read_sheets(path, names, form)))


def _first(sheets: Iterator[Sheet]) -> Iterator[Sheet]:
    n_rows = 0
    for sheet in sheets:
        room = bounds().rows_looked_at - n_rows
        rows = None if sheet.rows is None else sheet.rows[:room]
        yield Sheet(sheet.first_row, sheet.table.slice(0, room), sheet.findings, rows)
        n_rows += sheet.table.num_rows
        if n_rows >= bounds().rows_looked_at:
            return


def _of_file(sheet: Sheet) -> list[Doubt]:
    no_text = [finding for finding in sheet.findings if finding.code == "not_text"]
    if not no_text:
        return []
    question = tr(
        "In which encoding was the file written? Row {row}: {message}.",
        row=no_text[0].row,
        message=no_text[0].message,
    )
    return [Doubt("encoding", question, options=("cp1252", "utf-16", "mac_roman", "cp437"))]
