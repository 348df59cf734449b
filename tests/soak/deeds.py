"""What is done to a database while it is killed, rivalled or short of space."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.running import Outcome, zoning
from tests.soak.inputs import case_file, facility_file, ward_file
from zoning.store.engine import open_store
from zoning.workflow.editions import list_editions
from zoning.workflow.imports import imports


@dataclass(frozen=True)
class Deed:
    """One command, and what it says when it was done already."""

    name: str
    arguments: tuple[object, ...]
    said_when_done: str


def prepare_base(folder: Path) -> None:
    """Fill the database of the settings: two editions, cases, facilities."""
    done("setup")
    done("import", "boundaries", ward_file(folder / "first.geojson", 1), "--level", "ward")
    held = ward_file(folder / "second.geojson", 2)
    done("import", "boundaries", held, "--level", "ward", "--hold")
    done("import", "cases", case_file(folder / "first.csv", 1, 500))
    done("import", "facilities", facility_file(folder / "facilities.csv", 1, 50))


def done(*arguments: object) -> Outcome:
    """Run a command in this process, which has to succeed."""
    outcome = zoning(*arguments)
    assert outcome.status == 0, (arguments, outcome)
    return outcome


def cases(folder: Path, number: int, _address: str) -> Deed:
    file = case_file(folder / f"cases-{number}.csv", number)
    return Deed("import cases", ("import", "cases", file), "already imported")


def boundaries(folder: Path, number: int, _address: str) -> Deed:
    file = ward_file(folder / f"wards-{number}.geojson", number)
    arguments = ("import", "boundaries", file, "--level", "ward", "--hold")
    return Deed("import boundaries", arguments, "already imported")


def facilities(folder: Path, number: int, _address: str) -> Deed:
    file = facility_file(folder / f"facilities-{number}.csv", number)
    return Deed("import facilities", ("import", "facilities", file), "already imported")


def undo(folder: Path, number: int, address: str) -> Deed:
    done("import", "cases", case_file(folder / f"undone-{number}.csv", number, 300))
    store = open_store(address)
    newest = imports(store)[0].import_id
    store.close()
    return Deed("imports undo", ("imports", "undo", newest), "already undone")


def switch(_folder: Path, _number: int, address: str) -> Deed:
    from zoning import clock

    store = open_store(address)
    waiting = [
        listed.edition.edition_id
        for listed in list_editions(store, clock.now())
        if not listed.is_in_force
    ]
    store.close()
    return Deed("editions use", ("editions", "use", min(waiting)), "in force already")


DEEDS: dict[Callable[[Path, int, str], Deed], int] = {
    cases: 40,
    boundaries: 20,
    facilities: 15,
    undo: 15,
    switch: 10,
}
"""The deeds, and how often each is drawn in a hundred."""

ADDED: dict[str, Counter[str]] = {
    "import cases": Counter(imports=1, cases=6_000, audit=1),
    "import boundaries": Counter(imports=1, editions=1, units=400, audit=2),
    "import facilities": Counter(imports=1, facilities=2_000, audit=1),
    "imports undo": Counter(undone=1, audit=1),
    "editions use": Counter(edition_switches=1, audit=1),
}
"""Rows that each adds when it is done, by table."""
