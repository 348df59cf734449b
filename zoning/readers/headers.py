"""Which line of a table names its columns: files often begin with a title, a date, an author."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from zoning.errors import InputError
from zoning.i18n.catalogue import tr
from zoning.model import Finding
from zoning.readers.limits import load_limits
from zoning.readers.sheets import named_apart, one_line

Record = Sequence[str]


@dataclass(frozen=True)
class Header:
    """The line that names the columns.

    Attributes
    ----------
    index : int
        Its position among the records.
    names : tuple[str, ...]
        Names of the columns, no name twice; empty where a column has none.
    findings : tuple[Finding, ...]
        That lines stand above it, if any do.
    """

    index: int
    names: tuple[str, ...]
    findings: tuple[Finding, ...] = ()


def find_header(path: Path, records: Sequence[Record], known: frozenset[str]) -> Header:
    """Return the line that names the columns.

    It is the line with most of the names that are known, at least two of them.
    Else it is the first line, unless that leaves most columns without a name
    and a later line names them all.

    Parameters
    ----------
    path : Path
        File, for messages.
    records : sequence of records
        First lines of the table as cells.
    known : frozenset[str]
        Names by which it is recognised, case folded.

    Raises
    ------
    InputError
        If no line names the columns, or it names more than a table can have.
    """
    filled = [i for i, record in enumerate(records) if any(cell.strip() for cell in record)]
    if not filled:
        raise InputError(tr("{file} has no header line naming its columns.", file=path))
    within = filled[: load_limits().header_within]
    index = _by_known_names(records, within, known)
    if index is None:
        index = _by_shape(path, records, filled, within)
    names = named_apart(list(records[index]))
    if len(names) > load_limits().columns:
        raise InputError(
            tr(
                "{file} has {n} columns, more than the {most} a table may have; "
                "keep those that are needed.",
                file=path,
                n=len(names),
                most=load_limits().columns,
            )
        )
    above = [i for i in within if i < index]
    return Header(index, tuple(names), _preamble(records, above, index) if above else ())


def _by_known_names(
    records: Sequence[Record], within: list[int], known: frozenset[str]
) -> int | None:
    score = {i: len({one_line(cell).casefold() for cell in records[i]} & known) for i in within}
    best = max(within, key=lambda i: score[i])
    if score[within[0]] or score[best] < 2:
        return within[0] if score[within[0]] else None
    return best


def _by_shape(path: Path, records: Sequence[Record], filled: list[int], within: list[int]) -> int:
    first = within[0]
    width = Counter(len(records[i]) for i in filled).most_common(1)[0][0]
    if _n_filled(records[first]) * 2 >= width:
        return first
    for i in within[1:]:
        is_whole = len(records[i]) == width and _n_filled(records[i]) * 2 >= width
        if is_whole and not any(_is_figure(cell) for cell in records[i]):
            return i
    if _n_filled(records[first]) > 1:
        return first
    raise InputError(
        tr(
            "{file} begins with {title}, and no line below it names the columns; take away what "
            "stands above the table, or give it a line with the names of its columns.",
            file=path,
            title=one_line(next(cell for cell in records[first] if cell.strip()))[:60],
        )
    )


def _n_filled(record: Record) -> int:
    return sum(1 for cell in record if cell.strip())


def _is_figure(cell: str) -> bool:
    """Return whether a cell is a number, a day or a time, which no column is called."""
    plain = cell.strip()
    return bool(plain) and sum(c.isdigit() for c in plain) * 2 > len(plain)


def _preamble(records: Sequence[Record], above: list[int], index: int) -> tuple[Finding, ...]:
    title = one_line(" ".join(records[above[0]]))
    return (
        Finding(
            row=0,
            code="preamble_skipped",
            message=tr(
                "the columns are named in line {line}; what stands above isn't read: {title}",
                line=index + 1,
                title=title[:80],
            ),
        ),
    )
