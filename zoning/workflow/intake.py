"""The way in for one file: how it may be read, what would become of it, and the import."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TypeVar

from zoning import clock
from zoning.clock import Clock
from zoning.errors import InputError, SeemanaError
from zoning.i18n.catalogue import tr
from zoning.model import RowAccount
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
from zoning.workflow.actor import Who, name_of
from zoning.workflow.file_rows import may_draw, words_of
from zoning.workflow.finding_marks import Asked, MarkedFindings, mark_findings
from zoning.workflow.ground import GroundShelf
from zoning.workflow.kind_rights import require_bringing
from zoning.workflow.plan import Plan, known_for, take_planned
from zoning.workflow.rejected_rows import rejected_rows
from zoning.workflow.taking import SECTIONS, ImportOrder, Progress, columns_of
from zoning.workflow.uploads import Upload, UploadShelf

__all__ = ["DateGuess", "Intake", "Plan", "Preview", "Proposal"]

T = TypeVar("T")

MAPPING_FILE = ".mapping.toml"


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
    grounds : GroundShelf
        Where grounds are kept, for files whose places are booths.
    """

    store: Store
    shelf: UploadShelf
    who: Who
    clock: Clock = clock.now
    grounds: GroundShelf = field(default_factory=GroundShelf)

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
            If such a file isn't theirs to bring in, or it can't be read at all.
        """
        require_bringing(self.who, ImportKind(kind))
        section = SECTIONS[ImportKind(kind)]
        names = tuple(columns_of(upload.file))
        with self.store.reading() as session:
            saved = None if is_anew else find_mapping(session, section, names)
        if saved is not None:
            return Proposal(parse_mapping(saved.content, section, saved.name), names, None, saved)
        guess = _told(upload, lambda: guess_mapping(upload.file, section, encoding))
        return Proposal(guess.mapping, guess.names, guess, None)

    def may_draw(self, upload: Upload, kind: str) -> bool:
        """Return whether a file of a kind may draw its places, in a system of its own."""
        return may_draw(upload.file, SECTIONS[ImportKind(kind)])

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
        require_bringing(self.who, ImportKind(plan.kind))
        section = SECTIONS[ImportKind(plan.kind)]
        at = self.clock()
        known = known_for(self.store, plan, self.grounds, at)
        today = clock.today_ist(at)
        return _told(
            upload, lambda: preview(upload.file, plan.mapping, section, n_rows, today, known)
        )

    def check(self, upload: Upload, plan: Plan, progress: Progress | None = None) -> RowAccount:
        """Return what would become of every row; nothing is written."""
        return self._take(upload, plan, progress, is_dry_run=True)

    def marks(self, upload: Upload, plan: Plan, account: RowAccount) -> MarkedFindings:
        """Return where on the map the findings of a file are."""
        section = SECTIONS[ImportKind(plan.kind)]
        asked = Asked(upload.file, plan.mapping, section, plan.crs)
        return mark_findings(self.store, asked, account, self.clock(), self.grounds)

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
        account = _told(upload, lambda: take_planned(self.store, order, plan, self.grounds))
        findings = tuple(replace(f, message=upload.told(f.message)) for f in account.findings)
        return replace(account, findings=findings)


def _told(upload: Upload, act: Callable[[], T]) -> T:
    """Do something with a file; a refusal names it as its owner does."""
    try:
        return act()
    except SeemanaError as refusal:
        raise type(refusal)(upload.told(str(refusal))) from refusal
