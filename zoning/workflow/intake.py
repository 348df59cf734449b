"""The way in for one file: how it may be read, what would become of it, and the import."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TypeVar

from zoning import clock
from zoning.clock import Clock
from zoning.errors import InputError, SeemanaError
from zoning.i18n.catalogue import tr
from zoning.model import Level, RowAccount
from zoning.readers.guess import MappingGuess, guess_mapping
from zoning.readers.guess_dates import DateGuess, guess_date_formats
from zoning.readers.guess_values import UNDERSTOOD
from zoning.readers.guess_words import column_words
from zoning.readers.mapping import Mapping, parse_mapping
from zoning.readers.mapping_text import mapping_toml
from zoning.readers.preview import Preview, preview
from zoning.store.engine import Store
from zoning.store.imports import ImportKind
from zoning.store.saved_mappings import SavedMapping, find_mapping, save_mapping
from zoning.workflow import imports
from zoning.workflow.actor import Who, name_of
from zoning.workflow.facility_imports import import_facilities
from zoning.workflow.file_rows import words_of
from zoning.workflow.finding_marks import Asked, MarkedFindings, mark_findings
from zoning.workflow.rejected_rows import rejected_rows
from zoning.workflow.taking import SECTIONS, ImportOrder, Progress, columns_of
from zoning.workflow.uploads import Upload, UploadShelf

__all__ = ["DateGuess", "Intake", "Plan", "Preview", "Proposal"]

T = TypeVar("T")

MAPPING_FILE = ".mapping.toml"


@dataclass(frozen=True)
class Plan:
    """How a file is to be taken in.

    Attributes
    ----------
    kind : str
        An `ImportKind` value.
    mapping : Mapping
        How it is read.
    level, crs : str
        For boundaries: of units that don't say theirs, and the system overriding the file's.
    valid_from : datetime or None
        For boundaries: since when they hold; now if None.
    is_held : bool
        For boundaries: whether they wait for a switch.
    feed_id : str
        For cases and tests: the feed they come from; empty for none.
    reported_through : date or None
        For cases: the day through which they are complete; the last day in the file if None.
    """

    kind: str
    mapping: Mapping
    level: str = Level.WARD.value
    crs: str = ""
    valid_from: datetime | None = None
    is_held: bool = False
    feed_id: str = ""
    reported_through: date | None = None


@dataclass(frozen=True)
class Proposal:
    """How a file may be read: as confirmed for such a header before, or as guessed."""

    draft: Mapping
    names: tuple[str, ...]
    guess: MappingGuess | None
    saved: SavedMapping | None


@dataclass(frozen=True)
class Intake:
    """Takes uploads in for one person.

    Attributes
    ----------
    store : Store
        The database.
    shelf : UploadShelf
        Where uploads lie.
    who : str or Actor
        Written into the audit.
    clock : Clock
        The present.
    """

    store: Store
    shelf: UploadShelf
    who: Who
    clock: Clock = clock.now

    def receive(self, name: str, content: bytes) -> Upload:
        """Keep a file that was handed over."""
        return self.shelf.put(name, content)

    def drop(self, upload: Upload) -> None:
        """Remove a file that isn't needed any more."""
        self.shelf.drop(upload)

    def propose(
        self, upload: Upload, kind: str, encoding: str = "", *, is_anew: bool = False
    ) -> Proposal:
        """Return how a file may be read.

        Parameters
        ----------
        upload : Upload
            The file.
        kind : str
            What it is said to bring.
        encoding : str
            Where it was told.
        is_anew : bool
            Whether what was confirmed for such a header before is left aside.

        Raises
        ------
        SeemanaError
            If the file can't be read at all.
        """
        section = SECTIONS[ImportKind(kind)]
        names = tuple(columns_of(upload.file))
        with self.store.reading() as session:
            saved = None if is_anew else find_mapping(session, section, names)
        if saved is not None:
            return Proposal(parse_mapping(saved.content, section, saved.name), names, None, saved)
        guess = _told(upload, lambda: guess_mapping(upload.file, section, encoding))
        return Proposal(guess.mapping, guess.names, guess, None)

    def unknown_words(
        self, upload: Upload, kind: str, draft: Mapping, ours: str
    ) -> tuple[str, ...]:
        """Return the words in a column whose meaning isn't known, the most frequent first."""
        section = SECTIONS[ImportKind(kind)]
        holds = next(words.holds for words in column_words(section) if words.ours == ours)
        times = words_of(upload.file, draft, section, draft.columns[ours])
        known = UNDERSTOOD.get(holds, frozenset()) | draft.values.get(ours, {}).keys()
        unknown = [word for word in times if word not in known and word.lower() not in known]
        return tuple(sorted(unknown, key=lambda word: -times[word]))

    def guess_dates(self, upload: Upload, plan: Plan, theirs: str) -> DateGuess:
        """Return in which forms the days of a column may be written."""
        section = SECTIONS[ImportKind(plan.kind)]
        return guess_date_formats(words_of(upload.file, plan.mapping, section, theirs))

    def preview(self, upload: Upload, plan: Plan, n_rows: int) -> Preview:
        """Return the first rows as they stand and as they would be understood."""
        section = SECTIONS[ImportKind(plan.kind)]
        today = clock.today_ist(self.clock())
        return _told(upload, lambda: preview(upload.file, plan.mapping, section, n_rows, today))

    def check(self, upload: Upload, plan: Plan, progress: Progress | None = None) -> RowAccount:
        """Return what would become of every row; nothing is written."""
        return self._take(upload, plan, progress, is_dry_run=True)

    def marks(self, upload: Upload, plan: Plan, account: RowAccount) -> MarkedFindings:
        """Return where on the map the findings of a file are."""
        section = SECTIONS[ImportKind(plan.kind)]
        asked = Asked(upload.file, plan.mapping, section, plan.crs)
        return mark_findings(self.store, asked, account, self.clock())

    def rejected_rows(self, upload: Upload, plan: Plan, account: RowAccount) -> bytes:
        """Return the rows refused as CSV, each with the reason, to be corrected and sent again."""
        section = SECTIONS[ImportKind(plan.kind)]
        return rejected_rows(upload.file, plan.mapping, section, account)

    def take_in(
        self, upload: Upload, plan: Plan, save_as: str, progress: Progress | None = None
    ) -> RowAccount:
        """Take a file in, in one transaction, and remember how it was read under a name.

        Raises
        ------
        SeemanaError
            If nothing of it can be used, or it was taken in before; nothing is written then.
        """
        account = self._take(upload, plan, progress, is_dry_run=False)
        if save_as.strip():
            section = SECTIONS[ImportKind(plan.kind)]
            content = mapping_toml(plan.mapping, section)
            kept = SavedMapping(section, save_as.strip(), content, self.clock(), name_of(self.who))
            with self.store.transaction() as session:
                save_mapping(session, columns_of(upload.file), kept)
        return account

    def _take(
        self, upload: Upload, plan: Plan, progress: Progress | None, *, is_dry_run: bool
    ) -> RowAccount:
        kind = ImportKind(plan.kind)
        mapping_file = upload.file.with_name(MAPPING_FILE)
        try:
            mapping_file.write_text(mapping_toml(plan.mapping, SECTIONS[kind]), encoding="utf-8")
        except OSError as fault:
            raise InputError(
                tr("{file} is no longer here; hand it over again.", file=upload.name)
            ) from fault
        order = ImportOrder(
            upload.file,
            self.clock(),
            self.who,
            mapping_file,
            is_dry_run,
            plan.feed_id,
            upload.name,
            progress,
        )
        account = _told(upload, lambda: _TAKE[kind](self.store, order, plan))
        findings = tuple(replace(f, message=upload.told(f.message)) for f in account.findings)
        return replace(account, findings=findings)


_TAKE: dict[ImportKind, Callable[[Store, ImportOrder, Plan], RowAccount]] = {
    ImportKind.BOUNDARIES: lambda store, order, plan: imports.import_boundaries(
        store, order, plan.level, plan.crs, valid_from=plan.valid_from, is_held=plan.is_held
    ),
    ImportKind.BOOTHS: lambda store, order, plan: imports.import_booths(store, order, plan.crs),
    ImportKind.CASES: lambda store, order, plan: imports.import_cases(
        store, order, plan.reported_through
    ),
    ImportKind.OUTCOMES: lambda store, order, _: imports.import_outcomes(store, order),
    ImportKind.TESTS: lambda store, order, _: imports.import_tests(store, order),
    ImportKind.FACILITIES: lambda store, order, _: import_facilities(store, order),
}


def _told(upload: Upload, act: Callable[[], T]) -> T:
    """Do something with a file; a refusal names it as its owner does."""
    try:
        return act()
    except SeemanaError as refusal:
        raise type(refusal)(upload.told(str(refusal))) from refusal
