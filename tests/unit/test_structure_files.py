"""Files stay small, named by their subject, free of this or that machine."""

from __future__ import annotations

import ast
import re
import statistics
import tomllib

import pytest

from tests.source_tree import ROOT, Source, committed_files, product_sources

MAX_LINES = 300
MAX_MEDIAN_LINES = 130
MAX_APP_LINES = 60
DRAWERS = {"utils", "util", "helpers", "helper", "common", "misc"}

LOCKS = {"uv.lock", "package-lock.json"}
TEXT_SUFFIXES = {
    "", ".py", ".toml", ".md", ".yml", ".yaml", ".sh", ".cfg", ".ini", ".json", ".css", ".js",
    ".html", ".svg", ".sql", ".typ", ".pot", ".po", ".mako",
}  # fmt: skip
VENDORED = re.compile(r"zoning/assets/.+\.(js|css|json|md|txt)$|zoning/assets/.*LICEN[CS]E")

# The words are put together here so that this file isn't its own offence.
MACHINE_PATHS = [rf"(?<![\w.])/{folder}/[\w.]" for folder in ("work", "root", "home", "tmp")]
DELIVERY_HOSTS = [
    "cdn" + r"\.",
    "un" + r"pkg\.com",
    "js" + "delivr",
    "cdn" + "js",
    "google" + r"apis\.com",
    "bootstrap" + "cdn",
    "tile" + r"\.openstreetmap",
]
REGISTRY_HOSTS = [
    "py" + r"pi\.org",
    "python" + "hosted",
    "registry" + r"\.npm",
    r"conda\.ana" + r"conda\.org",
    "deb" + r"\.debian\.org",
]

# Colours and the fictional district are our own and cite nobody.
OWN_DATA = {"symbols", "demo"}
published_data = [
    path
    for path in committed_files()
    if path.suffix == ".toml"
    and path.relative_to(ROOT).parts[0] in ("zoning", "data")
    and not set(path.relative_to(ROOT).parts) & OWN_DATA
]

every = pytest.mark.parametrize("source", product_sources(), ids=lambda s: s.where)


def text_files():
    for path in committed_files():
        where = path.relative_to(ROOT).as_posix()
        if path.suffix in TEXT_SUFFIXES and path.name not in LOCKS and path.is_file():
            yield where, path


def offences(patterns, skip=None):
    found = []
    pattern = re.compile("|".join(patterns))
    for where, path in text_files():
        if skip and skip.search(where):
            continue
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{where}: {match.group()}" for match in pattern.finditer(text)]
    return found


@every
def test_a_file_holds_one_subject_and_is_never_longer_than_300_lines(source: Source):
    assert len(source.text.splitlines()) <= MAX_LINES


def test_half_of_all_files_are_short():
    lengths = [len(s.text.splitlines()) for s in product_sources() if s.path.name != "__init__.py"]
    assert statistics.median(lengths) <= MAX_MEDIAN_LINES


def test_the_entry_is_thin():
    app = ROOT / "app.py"
    if not app.exists():
        pytest.skip("app.py isn't there")
    assert len(app.read_text(encoding="utf-8").splitlines()) <= MAX_APP_LINES


@every
def test_a_module_is_named_by_its_subject_and_is_no_drawer(source: Source):
    assert set(source.module.split(".")) & DRAWERS == set()


@every
def test_every_module_says_what_it_is(source: Source):
    assert ast.get_docstring(source.tree) or not source.text.strip(), source.where


@every
def test_no_except_clause_is_bare_or_silent_about_everything(source: Source):
    handlers = [n for n in ast.walk(source.tree) if isinstance(n, ast.ExceptHandler)]
    assert [h.lineno for h in handlers if h.type is None] == []


@pytest.mark.parametrize("path", published_data, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_every_data_file_has_an_id_and_a_source(path):
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    assert data.get("id")
    assert data.get("source")


def test_no_path_of_a_machine_is_in_the_sources():
    assert offences(MACHINE_PATHS) == []


def test_no_address_of_a_content_delivery_network_is_in_the_sources():
    # Copied libraries keep their comments; that no browser calls out is tested in a browser.
    assert offences(DELIVERY_HOSTS, skip=VENDORED) == []


def test_no_host_of_a_package_registry_is_in_the_sources():
    assert offences(REGISTRY_HOSTS, skip=VENDORED) == []


@pytest.mark.parametrize(
    ("patterns", "text"),
    [
        (MACHINE_PATHS, "see /ro" + "ot/x"),
        (DELIVERY_HOSTS, "https://un" + "pkg.com/leaflet"),
        (REGISTRY_HOSTS, "https://py" + "pi.org/simple"),
    ],
)
def test_the_patterns_find_what_they_should(patterns, text):
    assert re.search("|".join(patterns), text)


def test_a_path_that_only_ends_like_a_machine_path_is_no_offence():
    assert not re.search("|".join(MACHINE_PATHS), "../shared/wo" + "rk/x and net" + "work/y")
