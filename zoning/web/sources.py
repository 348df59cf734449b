"""Where the pages of one process get what they show; opened once, shared by all sessions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from threading import Event
from typing import TYPE_CHECKING

from layers.view import MapView
from zoning.access import Standing
from zoning.errors import SeemanaError
from zoning.faults import record_fault
from zoning.settings import Settings
from zoning.store.audit import last_change
from zoning.store.engine import Store, open_store
from zoning.web.desk import desk
from zoning.web.workbench import Workbench
from zoning.workflow.actor import Actor
from zoning.workflow.map_view import map_view
from zoning.workflow.persons import Persons

if TYPE_CHECKING:
    from zoning.workflow.data_desk import DataDesk


# A publication by the command line is met this late at most.
LOOK_EVERY_S = 2.0


@dataclass(frozen=True)
class Sources:
    """The database of a process, seen by its pages.

    Attributes
    ----------
    settings : Settings
        Of this service.
    """

    settings: Settings

    def view(self, *, at: datetime | None, public: bool, who: Actor | None = None) -> MapView:
        """Return what the map shows somebody at a moment, None for now; nobody sees no figure.

        Booths that aren't ready are made beside the page, which says so meanwhile.

        Raises
        ------
        SeemanaError
            If the database can't be read, or the booths couldn't be made.
        """
        store = _store(self.settings.store_url)
        who = who or Actor("", Standing())
        view = map_view(store, self.settings, at=at, public=public, who=who, waits=False)
        if view.is_preparing and _workbench(self.settings).has_made(at):
            view = map_view(store, self.settings, at=at, public=public, who=who, waits=False)
        return view

    def persons(self) -> Persons:
        """Return who may be before a screen."""
        return Persons(lambda: _store(self.settings.store_url), self.settings)

    def data_desk(self) -> DataDesk:
        """Return the desk of whoever sits at this machine."""
        return _data_desk(self.settings)

    def prepare(self) -> None:
        """Build what the first page shows, and pack its booths."""
        _workbench(self.settings).make(None)

    def keep_ready(self, is_over: Event) -> None:
        """Prepare the map after every write to the database, whoever wrote, until it is over."""
        seen = None
        while not is_over.wait(LOOK_EVERY_S):
            try:
                change = _last_change(self.settings)
                if change != seen:
                    # Tried once a change: the page that meets the same fault tells it.
                    seen = change
                    self.prepare()
            except SeemanaError:
                continue
            except Exception as fault:  # noqa: BLE001 - the edge of a thread that has to go on
                record_fault(fault)


@cache
def _store(address: str) -> Store:
    return open_store(address)


@cache
def _data_desk(settings: Settings) -> DataDesk:
    # Not at the top: the map's first paint shouldn't wait for what the data screen needs.
    from zoning.workflow.data_desk import local_desk

    return local_desk(_store(settings.store_url), settings)


@cache
def _workbench(settings: Settings) -> Workbench:
    """Return where this process makes what its pages wait for."""
    return Workbench(lambda at: _make(settings, at))


def _make(settings: Settings, at: datetime | None) -> Iterator[None]:
    # With a connection of its own: a state's ground takes seconds, and pages read meanwhile.
    with closing(open_store(settings.store_url)) as store:
        # Units first: a page waits for their outlines, and would share the processor with booths.
        desk(settings).publish(map_view(store, settings, at=at, public=True, waits=False))
        desk(settings).publish(map_view(store, settings, at=at, public=True))
    yield
    desk(settings).ground.pack()


def _last_change(settings: Settings) -> int:
    with _store(settings.store_url).reading() as session:
        return last_change(session)
