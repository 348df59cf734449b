"""The catalogue of open boundary data: where it is, under which licence.

It only reads and checks the list; downloading is another matter.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from zoning.errors import InputError
from zoning.fetch.addresses import is_allowed
from zoning.i18n.catalogue import tr
from zoning.model import Level

SOURCES_FILE = Path(__file__).parents[2] / "data" / "boundaries" / "sources.toml"
BOOTH = "booth"
KEY_COLUMN = {BOOTH: "booth_id"}
COLUMNS = frozenset({"unit_id", "booth_id", "name", "population", "level", "parent_id"})


@dataclass(frozen=True)
class BoundarySource:
    """One file of boundaries that can be brought in.

    Attributes
    ----------
    name : str
        Key, such as `kolkata-wards`.
    title : str
        What it is, with the number of areas.
    repository, address : str
        Public page of the source, and the file itself.
    licence : str
        SPDX name or the like; empty where the source states none.
    credit : str
        Who is to be named.
    level : str
        A `Level` value, or `booth`.
    columns : dict of str to str
        Our column to the file's.
    sha256 : str
        Checksum of the file; empty where it is unknown.
    note : str
        What a user should know before.
    is_page : bool
        Whether the address is a page to choose a file from, which can't be fetched.
    values : dict of str to dict of str to str
        By our column, the text in the file to ours.
    expected : dict of str to str
        By our column, what the file should hold, such as `1 - 144`.
    """

    name: str
    title: str
    repository: str
    address: str
    licence: str
    credit: str
    level: str
    columns: dict[str, str]
    sha256: str = ""
    note: str = ""
    is_page: bool = False
    values: dict[str, dict[str, str]] = field(default_factory=dict)
    expected: dict[str, str] = field(default_factory=dict)

    @property
    def is_open(self) -> bool:
        """Whether a licence is stated; where none is, nothing is granted."""
        return bool(self.licence)


def load_sources(path: Path = SOURCES_FILE) -> tuple[BoundarySource, ...]:
    """Return all sources of a catalogue, checked, in its order.

    Parameters
    ----------
    path : Path
        Catalogue file; the one of this product by default.

    Raises
    ------
    InputError
        Naming the file, the entry and what is wrong with it.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        entries: list[dict[str, Any]] = data["boundary"]
        sources = tuple(BoundarySource(**entry) for entry in entries)
    except (OSError, KeyError, TypeError, ValueError) as fault:
        raise InputError(
            tr(
                "{file} isn't a usable catalogue of boundaries: {fault}.",
                file=path.name,
                fault=fault,
            )
        ) from fault
    seen: set[str] = set()
    for source in sources:
        fault_words = _wrong_kind(source) or _fault(source, seen)
        if fault_words:
            raise InputError(
                tr(
                    "{file}, entry {name}: {fault}",
                    file=path.name,
                    name=source.name,
                    fault=fault_words,
                )
            )
        seen.add(source.name)
    return sources


def find_source(name: str, path: Path = SOURCES_FILE) -> BoundarySource:
    """Return one source by name.

    Raises
    ------
    InputError
        If there is none; the message lists the names.
    """
    sources = load_sources(path)
    for source in sources:
        if source.name == name:
            return source
    raise InputError(
        tr(
            "There is no boundary source {name}; choose one of {known}.",
            name=name,
            known=", ".join(source.name for source in sources),
        )
    )


def _wrong_kind(source: BoundarySource) -> str:
    """Return which field isn't a line of text, or isn't a table of such lines."""
    tables = (source.columns, source.expected, source.values)
    if not all(isinstance(table, dict) for table in tables):
        return tr("columns, values and expected are tables.")
    if not isinstance(source.is_page, bool):
        return tr("is_page is true or false.")
    lines: dict[str, object] = {
        "name": source.name,
        "title": source.title,
        "repository": source.repository,
        "address": source.address,
        "licence": source.licence,
        "credit": source.credit,
        "level": source.level,
        "sha256": source.sha256,
        "note": source.note,
        **source.columns,
        **source.expected,
    }
    for column, texts in source.values.items():
        if not isinstance(texts, dict):
            return tr("values.{column} is a table.", column=column)
        lines |= {f"values.{column}.{theirs}": ours for theirs, ours in texts.items()}
    for key, line in lines.items():
        # What is shown in one line has to be one.
        if not isinstance(line, str) or not (line.isprintable() or not line):
            return tr("{key} isn't a line of text.", key=key)
    return ""


def _fault(source: BoundarySource, seen: set[str]) -> str:
    if source.name in seen:
        return tr("the name is there twice; rename one.")
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", source.name):
        return tr("a name is lower-case words joined by hyphens.")
    if source.level not in {*Level, BOOTH}:
        return tr(
            "level {level} is unknown; use one of {known}.",
            level=source.level,
            known=", ".join([*Level, BOOTH]),
        )
    named = {*source.columns, *source.values, *source.expected}
    unknown = sorted(named - COLUMNS)
    if unknown:
        return tr(
            "column {column} isn't one of ours; use one of {known}.",
            column=unknown[0],
            known=", ".join(sorted(COLUMNS)),
        )
    for theirs, ours in source.values.get("level", {}).items():
        if ours not in set(Level):
            return tr(
                "{theirs} stands for level {level}, which is unknown; use one of {known}.",
                theirs=theirs,
                level=ours,
                known=", ".join(Level),
            )
    key = KEY_COLUMN.get(source.level, "unit_id")
    if key not in source.columns:
        return tr("column {column} isn't mapped; name the file's column for it.", column=key)
    for address in (source.repository, source.address):
        if not is_allowed(address):
            return tr("{address} isn't an https address.", address=address)
    if source.sha256 and not re.fullmatch(r"[0-9a-f]{64}", source.sha256):
        return tr("sha256 is 64 hexadecimal digits, or empty where it is unknown.")
    return ""
