"""What the data screen asks and does: one desk for one person, every act against their rights."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from zoning import clock
from zoning.access import Action, Role, refusal
from zoning.clock import Clock
from zoning.errors import AccessError
from zoning.places.matching import NameDecision
from zoning.settings import Settings
from zoning.store.decision_log import Decision, list_decisions
from zoning.store.editions import Edition, Switch
from zoning.store.engine import Store
from zoning.store.feeds import NewFeed
from zoning.store.imports import ImportKind, ImportRecord
from zoning.store.places_decided import CasePlace
from zoning.surveillance.feeds import default_rhythm_days
from zoning.workflow import editions, feeds, imports, queue
from zoning.workflow.actor import Actor, Who, local_user, standing_of
from zoning.workflow.data_summary import DataSummary, data_summary, last_write
from zoning.workflow.edition_marks import EditionMarks, mark_changes
from zoning.workflow.finding_marks import MarkedFindings, mark_recorded
from zoning.workflow.ground import shelf_of
from zoning.workflow.intake import Intake
from zoning.workflow.kind_rights import RIGHTS, may_bring, may_undo, require_bringing
from zoning.workflow.places import judged_units, units_in_force
from zoning.workflow.undoing import UndoEffect, effect_of_undo
from zoning.workflow.uploads import UploadShelf


@dataclass(frozen=True)
class DataDesk:
    """The data of one store as one person sees and changes it.

    Attributes
    ----------
    store : Store
        The database.
    settings : Settings
        For the rule set whose figures are compared.
    shelf : UploadShelf
        Where files lie that are handed over.
    who : str or Actor
        The person; the audit tells the name, and every act is held against the rights.
    clock : Clock
        The present.
    """

    store: Store
    settings: Settings
    shelf: UploadShelf
    who: Who
    clock: Clock = clock.now

    def may(self, action: Action) -> bool:
        """Return whether this person may do something anywhere, on any subject."""
        return standing_of(self.who).may(action)

    @property
    def roles(self) -> tuple[Role, ...]:
        """Return the roles of this person."""
        return standing_of(self.who).roles

    def need(self, action: Action) -> None:
        """Refuse what this person may do nowhere; where they may, each act asks itself.

        Raises
        ------
        AccessError
            If no role is granted it.
        """
        if not self.may(action):
            raise AccessError(refusal(standing_of(self.who), action))

    def version(self) -> int:
        """Return a number that grows with every write, by whomever."""
        return last_write(self.store)

    @property
    def intake(self) -> Intake:
        """Return the way in for files."""
        self.need(Action.IMPORT_DATA)
        grounds = shelf_of(self.settings.cache_dir)
        return Intake(self.store, self.shelf, self.who, self.clock, grounds)

    @property
    def kinds(self) -> tuple[str, ...]:
        """Return the kinds of files that this person may bring in."""
        return tuple(kind.value for kind in ImportKind if may_bring(self.who, kind))

    def need_kind(self, kind: str) -> None:
        """Refuse a kind of file that isn't this person's to bring in.

        Raises
        ------
        AccessError
            Saying why, and who may.
        """
        require_bringing(self.who, ImportKind(kind))

    def summary(self) -> DataSummary:
        """Return how the data stands now."""
        return data_summary(self.store, self.settings.default_rule, self.clock())

    def imports(self) -> tuple[ImportRecord, ...]:
        """Return all imports, newest first, undone ones too."""
        return imports.imports(self.store)

    def marks_of(self, record: ImportRecord) -> MarkedFindings:
        """Return the findings of an import that have a shape, on the units in force."""
        return mark_recorded(self.store, record.account, self.clock())

    def may_undo(self, record: ImportRecord) -> bool:
        """Return whether this person may take an import back."""
        return may_undo(self.who, record)

    def may_read(self, record: ImportRecord) -> bool:
        """Return whether this person may read what was found in an import, line by line.

        Findings of the roster name officers and their addresses.
        """
        return self.may(RIGHTS[record.kind].bring)

    def effect_of_undo(self, import_id: int) -> UndoEffect:
        """Return what taking an import back would change; nothing is written."""
        rule = self.settings.default_rule
        return effect_of_undo(self.store, rule, import_id, self.clock(), self.who)

    def undo(self, import_id: int) -> ImportRecord:
        """Take an import back."""
        return imports.undo(self.store, import_id, self.clock(), self.who)

    def feeds(self) -> tuple[feeds.BoardRow, ...]:
        """Return the board of feeds, the one in most need of a call first."""
        return feeds.feed_board(self.store, self.settings.default_rule, self.clock())

    @property
    def usual_rhythm_days(self) -> int:
        """Return the rhythm expected of a feed where nothing else is agreed."""
        return default_rhythm_days()

    def put_feed(
        self, feed_id: str, name: str, kind: str, rhythm_days: int | None, scope: tuple[str, ...]
    ) -> None:
        """Make a feed known, or what is agreed anew about it."""
        self.need(Action.IMPORT_DATA)
        new = NewFeed(
            feed_id.strip(),
            name.strip() or feed_id.strip(),
            ImportKind(kind),
            rhythm_days or default_rhythm_days(),
            scope,
        )
        feeds.put_feed(self.store, new, self.clock(), self.who)

    def close_feed(self, feed_id: str) -> None:
        """End a feed."""
        self.need(Action.IMPORT_DATA)
        feeds.close_feed(self.store, feed_id, self.clock(), self.who)

    def report_nil(self, feed_id: str, through: date) -> None:
        """Take in that a feed had no further case through a day."""
        self.need(Action.IMPORT_DATA)
        imports.report_nil(self.store, feed_id, through, self.clock(), self.who)

    def waiting(self) -> tuple[queue.Waiting, ...]:
        """Return what waits for a place, the most cases first; the audit says who was shown it."""
        return queue.show_waiting(self.store, self.clock(), self.who)

    def unit_names(self) -> dict[str, str]:
        """Return the units that a case can be put in, by code, as known now."""
        with self.store.reading() as session:
            present = units_in_force(session, self.clock())
        if present is None:
            return {}
        units = judged_units(present[1])
        return {str(code): str(name) for code, name in zip(units.unit_id, units.name, strict=True)}

    def decide_text(self, text: str, unit_id: str) -> None:
        """Remember which unit a text names, empty for none of ours, now and later."""
        self.need(Action.IMPORT_DATA)
        queue.decide_text(self.store, NameDecision(text, unit_id), self.clock(), self.who)

    def decide_case(self, import_id: int, row: int, unit_id: str, reason: str) -> None:
        """Put one case in a unit, or back into the queue where none is named."""
        self.need(Action.IMPORT_DATA)
        place = CasePlace(import_id, row, unit_id, reason)
        queue.decide_case(self.store, place, self.clock(), self.who)

    def decisions(self) -> tuple[Decision, ...]:
        """Return what was decided about places, the newest first."""
        with self.store.reading() as session:
            return list_decisions(session)

    def editions(self) -> tuple[editions.ListedEdition, ...]:
        """Return the editions known, the one brought in last first."""
        return editions.list_editions(self.store, self.clock())

    def compare(self, edition_id: int) -> EditionMarks:
        """Return what an edition changes against the one in force, with places on the map."""
        return mark_changes(self.store, edition_id, self.clock())

    def switch_to(self, edition_id: int, valid_from: datetime | None) -> Edition:
        """Put an edition in force, from now if no moment is named."""
        self.need(Action.UNDO_IMPORT)
        return editions.switch_to(self.store, edition_id, valid_from, self.clock(), self.who)

    def can_switch_back(self, *, is_booths: bool) -> bool:
        """Return whether another edition lies beneath the latest switch."""
        return editions.can_switch_back(self.store, self.clock(), is_booths=is_booths)

    def switch_back(self, *, is_booths: bool) -> Switch:
        """Undo the latest switch."""
        self.need(Action.UNDO_IMPORT)
        return editions.switch_back(self.store, self.clock(), self.who, is_booths=is_booths)


def local_desk(store: Store, settings: Settings) -> DataDesk:
    """Return the desk of whoever sits at this machine, for a process, which owns its uploads.

    Another person's is made of it: `dataclasses.replace(desk, who=actor)`.
    """
    return DataDesk(store, settings, UploadShelf(settings.var_dir), Actor(local_user()))
