"""Columns and keys that tell who a person is: told, and never read."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from zoning.errors import ColumnError
from zoning.i18n.catalogue import tr
from zoning.model import Finding
from zoning.readers.guess_words import plain

WORDS_FILE = Path(__file__).with_name("personal_words.toml")


def is_personal(column: str) -> bool:
    """Return whether a column of this name tells who a person is."""
    header = plain(column)
    return header in _whole() or not _words().isdisjoint(header.split())


def tells_person(key: str) -> bool:
    """Return whether a key is a number or address by which anybody finds a person."""
    return any(pattern.fullmatch(key.strip()) for pattern in _keys())


def ignored_columns(names: list[str], found: dict[str, str], path: Path) -> tuple[Finding, ...]:
    """Return a finding for each column that isn't read because it tells who a person is.

    Parameters
    ----------
    names : list of str
        Columns of the file.
    found : dict of str to str
        Those that are read, by our names.
    path : Path
        The file, for messages.

    Raises
    ------
    ColumnError
        If the mapping would have such a column read.
    """
    for ours, theirs in found.items():
        if is_personal(theirs):
            raise ColumnError(
                tr(
                    "The mapping takes the column {column} of {file} for {ours}, but it tells who "
                    "a person is and isn't read here; give a column with a number of your own.",
                    column=theirs,
                    file=path,
                    ours=ours,
                )
            )
    return tuple(
        Finding(
            0,
            "column_personal",
            tr(
                "the column {column} tells who a person is; it is ignored and kept nowhere",
                column=name,
            ),
        )
        for name in names
        if is_personal(name)
    )


@cache
def _whole() -> frozenset[str]:
    return frozenset(plain(name) for name in _data()["whole"])


@cache
def _words() -> frozenset[str]:
    return frozenset(plain(word) for word in _data()["words"])


@cache
def _keys() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in _data()["keys"])


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(WORDS_FILE.read_text(encoding="utf-8"))
