"""The data screen over a database of its own, run without a browser."""

from __future__ import annotations

import shutil
from dataclasses import replace
from html.parser import HTMLParser

import numpy as np
from streamlit.testing.v1 import AppTest

from tests.store import samples
from tests.store.samples import NOON, coded, hour
from zoning.access import Role, of_role
from zoning.settings import Settings
from zoning.store.boundaries import insert_edition
from zoning.store.cases import insert_cases
from zoning.store.engine import open_store
from zoning.store.imports import ImportKind, begin, finish
from zoning.workflow.actor import Actor
from zoning.workflow.data_desk import DataDesk
from zoning.workflow.uploads import UploadShelf

AREA = frozenset({"KMC", *(f"W{i}" for i in range(9))})
THROUGH = np.datetime64("2020-05-17")
NAMES = ("Tala", "Tangra", "Entally", "Kasba", "Garia", "Behala", "Joka", "Maniktala", "Kadapara")


def open_desk(folder, template, role=Role.LOCAL):
    """Open a desk over an empty database, at 14:00 in India."""
    file = folder / "seemana.db"
    shutil.copy(template, file)
    return DataDesk(
        open_store(f"sqlite:///{file}"),
        Settings(var_dir=folder),
        UploadShelf(folder),
        Actor("officer", of_role(role, AREA)),
        clock=lambda: hour(2),
    )


def named_units():
    units = samples.units()
    units.name[:] = NAMES
    units.population[:] = 20_000.0
    return units


def fill(desk):
    """Bring in nine wards, and cases of which three name no ward: two alike, one not at all."""
    cases = replace(
        samples.plain_cases(30),
        confirmed_on=np.full(30, "2020-05-16", dtype="datetime64[D]"),
        unit_id=coded(*(["W0"] * 20), *(["W4"] * 7), "Tangrra", "Tangrra", "Atlantis"),
    )
    with desk.store.transaction() as session:
        import_id = begin(session, samples.new_import(ImportKind.BOUNDARIES, "u", NOON))
        insert_edition(session, import_id, named_units(), NOON)
        finish(session, import_id, samples.account(9))
        case_import = begin(session, samples.new_import(ImportKind.CASES, "c", NOON))
        insert_cases(session, case_import, cases)
        finish(session, case_import, samples.account(30), THROUGH)
    return desk


def add_second_edition(desk):
    """Bring in wards of which one has another name, held until somebody switches to them."""
    units = named_units()
    units.name[3] = "Kasba New"
    with desk.store.transaction() as session:
        import_id = begin(session, samples.new_import(ImportKind.BOUNDARIES, "u2", hour(1)))
        edition_id = insert_edition(session, import_id, units, hour(1), is_held=True)
        finish(session, import_id, samples.account(9))
    return edition_id


def page(desk):
    """Run the data page; the desk comes through the function's arguments."""
    from screens import data

    data.data_page(desk)


def visit(desk, **query):
    """Open the data page at an address."""
    test = AppTest.from_function(page, args=(desk,), default_timeout=60)
    for key, value in query.items():
        test.query_params[key] = str(value)
    return test.run()


class _Words(HTMLParser):
    def __init__(self):
        super().__init__()
        self.words = []

    def handle_data(self, data):
        self.words.append(data)


def words(test):
    """Return all that a page says, in tables too."""
    parser = _Words()
    for element in test.get("html"):
        if "<style" not in element.proto.body:
            parser.feed(element.proto.body)
    said = [*parser.words]
    for kind in ("warning", "info", "success", "error", "caption", "toast"):
        said += [str(element.value).replace("\\", "") for element in getattr(test, kind)]
    for table in test.dataframe:
        said.append(table.value.to_string())
    return "\n".join(said)
