"""The mapping file that belongs to a source, and the command that takes its file in."""

from __future__ import annotations

import json
import shlex
from collections.abc import Mapping
from pathlib import Path

from zoning.fetch.addresses import shown
from zoning.fetch.catalogue import BOOTH, BoundarySource
from zoning.fetch.folder import Places
from zoning.i18n.catalogue import tr


def mapping_text(source: BoundarySource) -> str:
    """Return the mapping file of a source, as in docs/data-dictionary.md."""
    lines = [
        tr("# How to read: {title}", title=source.title),
        tr(
            "# From {repository}; credit: {credit}",
            repository=source.repository,
            credit=source.credit,
        ),
    ]
    tables = {
        "columns": source.columns,
        **{f"values.{_key(column)}": texts for column, texts in source.values.items()},
        "expected": source.expected,
    }
    for name, table in tables.items():
        if table:
            lines += ["", f"[{_section(source)}.{name}]"]
            lines += [f"{_key(key)} = {_text(value)}" for key, value in table.items()]
    return "\n".join(lines) + "\n"


def mapping_line(source: BoundarySource) -> str:
    """Return the same mapping in one line of TOML, for a message."""
    parts = {"columns": source.columns, "values": source.values, "expected": source.expected}
    given = {name: content for name, content in parts.items() if content}
    return f"{_section(source)} = {_inline(given)}"


def import_command(source: BoundarySource, file: Path | str, mapping: Path | str) -> str:
    """Return the command that takes the file of a source in."""
    words = ["zoning", "import", "booths" if source.level == BOOTH else "boundaries", str(file)]
    if source.level != BOOTH:
        words += ["--level", source.level]
    return shlex.join([*words, "--mapping", str(mapping)])


def way_out(source: BoundarySource) -> str:
    """Return how to take the file of a source in without fetching it."""
    places = Places.of(source, Path())
    return tr(
        "Take the file from {address} on another machine, save {mapping} as {mapping_file}, "
        "and say: {command}",
        address=shown(source.address),
        mapping=mapping_line(source),
        mapping_file=places.mapping.name,
        command=import_command(source, places.file.name, places.mapping.name),
    )


def _section(source: BoundarySource) -> str:
    return "booths" if source.level == BOOTH else "units"


def _inline(value: object) -> str:
    if not isinstance(value, Mapping):
        return _text(value)
    return "{" + ", ".join(f"{_key(key)} = {_inline(inner)}" for key, inner in value.items()) + "}"


def _key(key: str) -> str:
    is_bare = key.isascii() and key.replace("_", "").replace("-", "").isalnum()
    return key if is_bare else _text(key)


def _text(value: object) -> str:
    # A basic string of TOML has the escapes of JSON, and forbids one character more.
    return json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007f")
