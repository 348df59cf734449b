"""The house keeps its levels: imports go down, and only the edges touch the world.

Levels and rooms are those of docs/architecture.md.
"""

from __future__ import annotations

import ast
import re

import pytest

from tests.source_tree import (
    ROOT,
    Source,
    called_name,
    module_names,
    product_sources,
    receiver_name,
)

ROOMS = {
    0: ("errors", "model"),
    1: ("lean", "settings", "clock", "i18n", "crs", "symbols", "assets", "rules"),
    2: (
        "access",
        "places",
        "surveillance",
        "judgement",
        "orders",
        "measures",
        "facilities",
        "command",
    ),
    3: ("readers", "writers", "store", "cache", "fetch", "notices"),
    4: ("site",),
    5: ("demo", "workflow"),
    6: ("faults", "web", "commandline", "__main__"),
}
LEVEL = {room: level for level, rooms in ROOMS.items() for room in rooms}
PLACE = {room: place for rooms in ROOMS.values() for place, room in enumerate(rooms)}

# Rooms of level 3 stand side by side; in the other levels the list is also an order.
UNORDERED_LEVELS = {3}

# What a screen calls beside the inner levels: use cases, the desk it shares with the routes,
# and the record of a fault.
SCREEN_ROOMS = {"workflow", "web", "faults"}
UNPLACED = 9

DATABASE = {"sqlalchemy", "geoalchemy2", "alembic", "sqlite3", "psycopg2"}
SCREEN = {"streamlit", "streamlit_folium"}
READING_CALLS = {
    "open",
    "read_text",
    "read_bytes",
    "read_csv",
    "read_excel",
    "read_parquet",
    "read_table",
    "read_file",
    "read_dataframe",
    "read_arrow",
    "write_text",
    "write_bytes",
    "write_dataframe",
    "to_csv",
    "to_excel",
    "to_parquet",
    "to_file",
}
CLOCK_CALLS = {"now", "utcnow", "today", "localtime", "gmtime", "time_ns"}

zoning_sources = [s for s in product_sources() if s.module.startswith("zoning.")]
inner_sources = [s for s in zoning_sources if LEVEL.get(s.module.split(".")[1], UNPLACED) <= 2]
every = pytest.mark.parametrize("source", product_sources(), ids=lambda s: s.where)
inner = pytest.mark.parametrize("source", inner_sources, ids=lambda s: s.where)


def room(module: str) -> str:
    return module.split(".")[1] if "." in module else ""


def top(module: str) -> str:
    return module.split(".")[0]


def level(name: str) -> int:
    return LEVEL.get(name, UNPLACED)


def may_import(importer: str, imported: str) -> bool:
    """Return whether one room of `zoning` may import another."""
    if importer == imported:
        return True
    if level(importer) != level(imported):
        return level(imported) < level(importer)
    return level(importer) not in UNORDERED_LEVELS and PLACE[imported] < PLACE[importer]


def test_every_room_has_its_level():
    rooms = {room(s.module) for s in zoning_sources}
    assert rooms - LEVEL.keys() == set(), "give the room a level in ROOMS and in architecture.md"


@pytest.mark.parametrize("source", zoning_sources, ids=lambda s: s.where)
def test_a_module_imports_only_from_lower_levels(source: Source):
    upward = {
        name
        for name in source.imports
        if top(name) == "zoning" and room(name) and not may_import(room(source.module), room(name))
    }
    assert upward == set()


def test_the_order_of_the_levels_refuses_what_it_should():
    assert may_import("judgement", "surveillance")
    assert not may_import("surveillance", "judgement")
    assert not may_import("model", "settings")
    assert not may_import("readers", "store")
    assert may_import("workflow", "store")


def test_inside_a_folder_imports_never_run_in_a_circle():
    graph = {
        s.module: {n for n in s.imports if n in module_names() and n != s.module}
        for s in product_sources()
    }
    done: set[str] = set()
    open_path: list[str] = []

    def visit(module: str) -> None:
        assert module not in open_path, " -> ".join([*open_path, module])
        if module in done:
            return
        open_path.append(module)
        for imported in sorted(graph[module]):
            visit(imported)
        open_path.pop()
        done.add(module)

    for module in sorted(graph):
        visit(module)


@every
def test_nothing_imports_the_screens_but_the_entry(source: Source):
    if source.where == "app.py" or top(source.module) == "screens":
        return
    assert {n for n in source.imports if top(n) == "screens"} == set()


@every
def test_streamlit_is_used_only_by_screens_the_entry_and_the_map_layer(source: Source):
    allowed = (
        source.where in ("app.py", "layers/st_map.py")
        or top(source.module) == "screens"
        or room(source.module) in ("web", "serving")
    )
    if not allowed:
        assert {top(n) for n in source.imports} & SCREEN == set()


@every
def test_layers_know_the_inner_levels_only(source: Source):
    if top(source.module) != "layers":
        return
    outer = {n for n in source.imports if top(n) == "zoning" and room(n) and level(room(n)) > 2}
    assert outer == set()
    assert {top(n) for n in source.imports} & DATABASE == set()


@every
def test_a_screen_reaches_facts_only_through_the_workflow(source: Source):
    if top(source.module) != "screens":
        return
    outer = {
        n
        for n in source.imports
        if top(n) == "zoning" and room(n) and level(room(n)) > 2 and room(n) not in SCREEN_ROOMS
    }
    assert outer == set()
    assert {top(n) for n in source.imports} & DATABASE == set()


@inner
def test_the_inner_levels_know_neither_database_nor_screen(source: Source):
    assert {top(n) for n in source.imports} & (DATABASE | SCREEN) == set()


@inner
def test_the_inner_levels_read_no_file_but_their_own_data(source: Source):
    if "__file__" in source.text or "importlib.resources" in source.imports:
        return
    reading = [f"{called_name(c)} in line {c.lineno}" for c in source.calls() if is_reading(c)]
    assert reading == []


def is_reading(call: ast.Call) -> bool:
    # A keyword "open" on a domain object would be another matter; none exists.
    return called_name(call) in READING_CALLS


@inner
def test_the_inner_levels_take_the_time_and_never_ask_for_it(source: Source):
    if source.module == "zoning.clock":
        return
    asking = [
        f"{called_name(c)} in line {c.lineno}"
        for c in source.calls()
        if called_name(c) in CLOCK_CALLS
        or (receiver_name(c) == "time" and called_name(c) == "time")
        or (
            called_name(c) == "datetime64"
            and c.args
            and isinstance(c.args[0], ast.Constant)
            and c.args[0].value in ("now", "today")
        )
    ]
    assert asking == []


def test_the_document_of_the_architecture_names_every_room():
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    for name in {room(s.module) for s in zoning_sources}:
        assert re.search(rf"\b{name}(\.py|/)", text), name


def test_a_room_that_isnt_built_is_said_to_be_to_come():
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| \d \| `([\w.]+)/?` \| (.*) \|$", text, flags=re.M)
    assert rows
    built = {room(s.module) for s in zoning_sources if s.text.strip()}
    for name, meaning in rows:
        is_built = name.removesuffix(".py") in built
        assert is_built != meaning.startswith("*to come:*"), name
