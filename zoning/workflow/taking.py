"""Taking a file in: read, accounted row by row, written in one transaction or not at all."""

from __future__ import annotations

import glob
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Generic, TypeVar

import numpy as np
from sqlalchemy.orm import Session

from zoning.errors import ColumnError, InputError
from zoning.i18n.catalogue import tr
from zoning.model import Finding, RowAccount
from zoning.readers.fields import form_of
from zoning.readers.mapping import Mapping, parse_mapping, read_mapping
from zoning.readers.mapping_text import mapping_toml
from zoning.readers.tables import column_names, read_whole
from zoning.readers.vector import open_shapes
from zoning.store.engine import Store
from zoning.store.imports import ImportKind, NewImport, begin, finish
from zoning.store.saved_mappings import find_mapping, list_mappings
from zoning.workflow.actor import Who, area_of
from zoning.workflow.kind_rights import require_bringing
from zoning.workflow.own_rows import is_bound
from zoning.writers.rejected_rows import OWN_COLUMNS

T = TypeVar("T")


class Phase(StrEnum):
    """What is being done with the rows of a file."""

    READING = "reading"
    WRITING = "writing"


@dataclass(frozen=True)
class Step:
    """How far an import is: rows done of about so many; 0 where that isn't known."""

    phase: Phase
    rows_done: int
    rows: int


Progress = Callable[[Step], None]
"""Called after each part of a file."""

SECTIONS = {
    ImportKind.BOUNDARIES: "units",
    ImportKind.BOOTHS: "booths",
    ImportKind.CASES: "cases",
    ImportKind.OUTCOMES: "outcomes",
    ImportKind.TESTS: "tests",
    ImportKind.FACILITIES: "facilities",
    ImportKind.ORDERS: "orders",
    ImportKind.ROUNDS: "rounds",
    ImportKind.CONTACTS: "contacts",
    ImportKind.SAMPLES: "samples",
    ImportKind.ISOLATION: "isolation",
    ImportKind.ROSTER: "roster",
}
"""Section of a mapping file that speaks of each kind of file."""


@dataclass(frozen=True)
class ImportOrder:
    """One import as it was asked for.

    Attributes
    ----------
    file : Path
        What is taken in.
    at : datetime
        The present, UTC.
    who : str or Actor
        By whom; what isn't theirs to bring is refused, rows outside their area are rejected.
    mapping_file : Path or None
        Names and forms where they aren't ours; if None, what was confirmed for such a header.
    is_dry_run : bool
        Report only; nothing is written.
    feed_id : str
        The feed it comes from; empty if none is named.
    file_name : str
        Name for people, where the file itself lies elsewhere, as an upload does.
    progress : Progress or None
        Told how far it is.
    """

    file: Path
    at: datetime
    who: Who
    mapping_file: Path | None = None
    is_dry_run: bool = False
    feed_id: str = ""
    file_name: str = ""
    progress: Progress | None = None

    @property
    def name(self) -> str:
        """Return the file's name for people."""
        return self.file_name or self.file.name

    def tell(self, phase: Phase, rows_done: int, rows: int) -> None:
        """Tell whoever asked how far it is."""
        if self.progress is not None:
            self.progress(Step(phase, rows_done, rows))


@dataclass(frozen=True)
class Taking(Generic[T]):
    """How one kind of file is taken in.

    Attributes
    ----------
    kind : ImportKind
        What it brings.
    read : callable
        Reads the file through a mapping into content and the account of its rows.
    write : callable
        Writes the content of an import, given the session and the number of the import.
    through : callable
        Through which day the content is complete; NaT for none.
    own : callable or None
        Given content and account, returns them without the rows that lie outside the area of
        whoever brings them; None where the kind concerns the whole state anyway.
    """

    kind: ImportKind
    read: Callable[[Mapping], tuple[T, RowAccount]]
    write: Callable[[Session, int, T], object]
    through: Callable[[T], np.datetime64] = lambda _: np.datetime64("NaT", "D")
    own: Callable[[T, RowAccount], tuple[T, RowAccount]] | None = None


def take(store: Store, order: ImportOrder, taking: Taking[T]) -> RowAccount:
    """Take a file in.

    Returns
    -------
    RowAccount
        What became of every row.

    Raises
    ------
    SeemanaError
        If nothing of the file can be used, or it was taken in before; nothing is written then.
    """
    who = require_bringing(order.who, taking.kind)
    mapping = mapping_for(store, order, taking.kind)
    try:
        content, account = taking.read(mapping)
    except ColumnError as lacking:
        if not order.is_dry_run:
            raise
        return _unreadable(order.file, mapping, str(lacking))
    if taking.own is not None and is_bound(order.who):
        content, account = taking.own(content, account)
    order.tell(Phase.READING, account.read, account.read)
    if order.is_dry_run:
        return account
    if account.read and not account.taken:
        first = next(finding for finding in account.findings if finding.rejects)
        raise InputError(
            tr(
                "{file}: none of its {n} rows can be used; row {row}: {message}.",
                file=order.name,
                n=account.read,
                row=first.row,
                message=first.message,
            )
        )
    new = NewImport(
        taking.kind,
        order.name,
        file_hash(order.file),
        order.at,
        who,
        {"toml": mapping_toml(mapping, SECTIONS[taking.kind])},
        feed_id=order.feed_id,
        series=mapping.series,
        area_unit_ids=area_of(order.who),
    )
    with store.transaction() as session:
        import_id = begin(session, new)
        taking.write(session, import_id, content)
        finish(session, import_id, account, taking.through(content))
        order.tell(Phase.WRITING, account.taken, account.taken)
    return account


def mapping_for(store: Store, order: ImportOrder, kind: ImportKind) -> Mapping:
    """Return how a file is read: by the mapping given, else as was confirmed for its header."""
    section = SECTIONS[kind]
    if order.mapping_file is not None:
        return read_mapping(order.mapping_file, section)
    with store.reading() as session:
        # Without a mapping to find, the file needn't be opened twice.
        is_any = any(kept.kind == section for kept in list_mappings(session))
        saved = find_mapping(session, section, columns_of(order.file)) if is_any else None
    if saved is None:
        return Mapping()
    return parse_mapping(saved.content, section, saved.name)


def columns_of(file: Path) -> Sequence[str]:
    """Return the column names of a table or of a map file; none where it can't be opened.

    Those that a file of refused rows has beside its own are left out: it is read as
    the file was that the rows come from.
    """
    try:
        names: Sequence[str] = column_names(file)
    except InputError:
        try:
            names = list(open_shapes(file).table.column_names)
        except InputError:
            return ()
    return [name for name in names if name not in OWN_COLUMNS]


def file_hash(file: Path) -> str:
    """Return the SHA-256 of what a file holds: the same content is taken in only once.

    A map in several files (a shapefile, a folder) counts with all of them.

    Raises
    ------
    InputError
        If it can't be read.
    """
    try:
        digests = {str(part.relative_to(file.parent)): _digest(part) for part in _parts_of(file)}
    except OSError as fault:
        raise InputError(
            tr(
                "{file} can't be read ({fault}): check that it is still there and that you may "
                "read it.",
                file=file,
                fault=fault.strerror or fault,
            )
        ) from fault
    if digests.keys() == {file.name}:
        return digests[file.name]
    return hashlib.sha256(repr(sorted(digests.items())).encode()).hexdigest()


def _parts_of(file: Path) -> list[Path]:
    if file.is_dir():
        return [part for part in file.rglob("*") if part.is_file()]
    if file.suffix.lower() == ".shp":
        return [part for part in file.parent.glob(f"{glob.escape(file.stem)}.*") if part.is_file()]
    return [file]


def _digest(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def without_findings(account: RowAccount) -> RowAccount:
    """Return the numbers of an account alone."""
    return replace(account, findings=())


def _unreadable(file: Path, mapping: Mapping, message: str) -> RowAccount:
    try:
        rows = read_whole(file, None, form_of(mapping, ())).table.num_rows
    except InputError:
        rows = open_shapes(file, mapping).table.num_rows
    finding = Finding(0, "column_missing", message, rejects=True)
    return RowAccount(rows, 0, rows, 0, (finding,))
