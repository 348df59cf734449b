"""Where the pages of one process get what they show; opened once, shared by all sessions."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING

from layers.view import MapView
from zoning.access import Standing
from zoning.settings import Settings
from zoning.store.engine import Store, open_store
from zoning.web.desk import desk
from zoning.workflow.actor import Actor
from zoning.workflow.map_view import map_view
from zoning.workflow.persons import Persons

if TYPE_CHECKING:
    from zoning.workflow.data_desk import DataDesk


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
        """Return what the map shows somebody at a moment, None for now; nobody sees no figure."""
        store = _store(self.settings.store_url)
        who = who or Actor("", Standing())
        return map_view(store, self.settings, at=at, public=public, who=who)

    def persons(self) -> Persons:
        """Return who may be before a screen."""
        return Persons(lambda: _store(self.settings.store_url), self.settings)

    def data_desk(self) -> DataDesk:
        """Return the desk of whoever sits at this machine."""
        return _data_desk(self.settings)

    def prepare(self) -> None:
        """Build what the first page shows, with a connection of its own; then pack booths."""
        with closing(open_store(self.settings.store_url)) as store:
            desk(self.settings).publish(map_view(store, self.settings, at=None, public=True))
        desk(self.settings).ground.pack()


@cache
def _store(address: str) -> Store:
    return open_store(address)


@cache
def _data_desk(settings: Settings) -> DataDesk:
    # Not at the top: the map's first paint shouldn't wait for what the data screen needs.
    from zoning.workflow.data_desk import local_desk

    return local_desk(_store(settings.store_url), settings)
