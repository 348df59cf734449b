"""Which column of a file is which of ours, and the account of its rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pyarrow as pa

from zoning.errors import ColumnError, InputError
from zoning.i18n.catalogue import tr
from zoning.model import Bools, Coded, Finding, Ints, RowAccount
from zoning.readers.columns import plain, replaced, texts
from zoning.readers.mapping import Mapping
from zoning.readers.sheets import FileForm, Sheet, one_line
from zoning.readers.sum_words import means_sum

_NUMBER = re.compile(r" \[\d+\]$")


def form_of(mapping: Mapping, known: Iterable[str]) -> FileForm:
    """Return what a mapping tells of a file, and the names by which its header is recognised."""
    names = {one_line(name).casefold() for name in (*known, *mapping.columns.values())}
    return FileForm(mapping.encoding, mapping.layer, frozenset(names))


def resolve(path: Path, names: list[str], known: Iterable[str], mapping: Mapping) -> dict[str, str]:
    """Return our column names to those of the file, as far as it has them.

    Raises
    ------
    ColumnError
        If the mapping names a column that the file, or the kind of file, hasn't.
    """
    known = tuple(known)
    for ours in (*mapping.columns, *mapping.values, *mapping.constants):
        if ours not in known:
            raise ColumnError(
                tr(
                    "The mapping names a column {column}, which isn't one of ours; "
                    "they are {known}.",
                    column=ours,
                    known=", ".join(known),
                )
            )
    found = {}
    for ours in known:
        theirs = mapping.columns.get(ours)
        like = _alike(names, ours if theirs is None else theirs)
        if theirs is None and ours in mapping.constants:
            continue
        if len(like) > 1:
            raise ColumnError(
                tr(
                    "{file} has more than one column {column} ({names}); rename those that aren't "
                    'meant, or choose one in a mapping file: {ours} = "{first}".',
                    file=path,
                    column=ours if theirs is None else theirs,
                    names=", ".join(like),
                    ours=ours,
                    first=like[0],
                )
            )
        if like:
            found[ours] = like[0]
        elif theirs is not None:
            raise ColumnError(
                tr(
                    "{file} has no column {column}, which the mapping takes for {ours}; "
                    "its columns are {names}.",
                    file=path,
                    column=theirs,
                    ours=ours,
                    names=", ".join(names),
                )
            )
    return found


def _alike(names: list[str], wanted: str) -> list[str]:
    """Return the columns so named: the exact name alone if it stands once, else any case.

    Columns of one name come numbered, `Name [1]` and `Name [2]`: the name alone means all of them.
    """
    told = one_line(wanted)
    exact = [name for name in names if one_line(name) == told]
    if len(exact) == 1:
        return exact
    like = [name for name in names if one_line(name).casefold() == told.casefold()]
    numbered = [
        name for name in names if _NUMBER.sub("", one_line(name)).casefold() == told.casefold()
    ]
    return like or numbered


def need(path: Path, names: list[str], found: Container[str], *columns: str, kind: str) -> None:
    """Refuse a file that lacks a column without which nothing can be read.

    Raises
    ------
    ColumnError
        Naming the column, the columns there are, and the mapping entry that would help.
    """
    for column in columns:
        if column not in found:
            raise ColumnError(
                tr(
                    "{file} has no column {column}; its columns are {names}. Rename one, or name "
                    'it in a mapping file: [{kind}.columns] {column} = "...".',
                    file=path,
                    column=column,
                    names=", ".join(names),
                    kind=kind,
                )
            )


@dataclass
class Part:
    """One part of a table being read: its columns by our names, its findings."""

    sheet: Sheet
    found: dict[str, str]
    mapping: Mapping
    findings: list[Finding] = field(default_factory=list)
    rejected: Bools = field(init=False)
    row: Ints = field(init=False)
    _columns: dict[str, pa.ChunkedArray | None] = field(init=False, default_factory=dict)
    _coded: dict[str, Coded | None] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        n = self.sheet.table.num_rows
        self.findings.extend(self.sheet.findings)
        self.rejected = np.zeros(n, dtype=bool)
        self.row = (
            np.arange(self.sheet.first_row, self.sheet.first_row + n, dtype=np.int64)
            if self.sheet.rows is None
            else np.array(self.sheet.rows, dtype=np.int64)
        )

    def __len__(self) -> int:
        return len(self.row)

    def column(self, ours: str) -> pa.ChunkedArray | None:
        """Return a column, or what the mapping sets for every row, or nothing.

        Raises
        ------
        InputError
            If the column holds lists.
        """
        if ours not in self._columns:
            self._columns[ours] = self._made(ours)
        return self._columns[ours]

    def _made(self, ours: str) -> pa.ChunkedArray | None:
        if ours in self.mapping.constants:
            return pa.chunked_array([pa.array([self.mapping.constants[ours]] * len(self))])
        if ours not in self.found:
            return None
        column = self.sheet.table.column(self.found[ours])
        if pa.types.is_nested(column.type):
            raise InputError(
                tr("The column {column} holds lists; give one value a row.", column=ours)
            )
        if ours not in self.mapping.values:
            return column
        coded = replaced(texts(column), self.mapping.values[ours])
        values = np.append(coded.values, np.array([None], dtype=object))
        return pa.chunked_array([pa.array(values[coded.codes], pa.string())])

    def coded(self, ours: str) -> Coded | None:
        """Return a text column as codes, or nothing."""
        if ours not in self._coded:
            column = self.column(ours)
            self._coded[ours] = None if column is None else texts(column)
        return self._coded[ours]

    def cell(self, ours: str, index: int) -> str:
        """Return what a cell holds, for a message."""
        column = self.column(ours)
        value = None if column is None else plain(column.slice(index, 1))[0]
        return "" if value is None else one_line(str(value))[:60]

    def reject_sums(self, *columns: str) -> None:
        """Reject rows that a column of places names a sum: they are no facts of their own."""
        for ours in columns:
            coded = self.coded(ours)
            if coded is None:
                continue
            is_sum = np.array([*map(means_sum, coded.values), False], dtype=bool)
            if is_sum.any():
                self.note(
                    is_sum[coded.codes],
                    "row_sum",
                    lambda i, ours=ours: tr(  # type: ignore[misc]
                        "the row is a sum ({text}) and not a fact of its own; it isn't counted",
                        text=self.cell(ours, i),
                    ),
                )

    def note(
        self,
        where: Bools,
        code: str,
        message: Callable[[int], str],
        rejects: bool = True,
    ) -> None:
        """Add one finding a row; `message` gets the position within this part."""
        said: dict[str, str] = {}
        for index in np.flatnonzero(where):
            text = message(int(index))
            # Rows with the same value share their sentence.
            text = said.setdefault(text, text)
            self.findings.append(Finding(int(self.row[index]), code, text, rejects=rejects))
        if rejects:
            self.rejected |= where

    def add(self, findings: Iterable[Finding]) -> None:
        """Add findings made elsewhere; one that rejects refuses its row."""
        findings = tuple(findings)
        self.findings.extend(findings)
        self.rejected |= np.isin(self.row, [f.row for f in findings if f.rejects])

    def account(self) -> RowAccount:
        """Return what became of the rows of this part."""
        refused_lines = len({f.row for f in self.sheet.findings if f.rejects})
        rejected = int(self.rejected.sum()) + refused_lines
        read = len(self) + refused_lines
        return RowAccount(
            read, read - rejected, rejected, 0, tuple(sorted(self.findings, key=lambda f: f.row))
        )
