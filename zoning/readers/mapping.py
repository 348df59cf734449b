"""Mapping files: which column of a file is which of ours, and how values are written."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from zoning.errors import InputError
from zoning.i18n.catalogue import tr

KINDS = ("units", "cases", "tests", "indicators", "booths", "facilities")
# Day, month and short year are told apart in it.
A_DAY = date(2020, 5, 18)


@dataclass(frozen=True)
class Mapping:
    """How one kind of file is to be read.

    Attributes
    ----------
    columns : dict[str, str]
        Our name to the name in the file.
    date_format : str
        `strptime` format of its dates; empty for ISO 8601.
    values : dict[str, dict[str, str]]
        By our column name, the text in the file to our text.
    constants : dict[str, str]
        By our column name, a text that stands for every row.
    """

    columns: dict[str, str] = field(default_factory=dict)
    date_format: str = ""
    values: dict[str, dict[str, str]] = field(default_factory=dict)
    constants: dict[str, str] = field(default_factory=dict)


def read_mapping(path: Path | None, kind: str) -> Mapping:
    """Return the part of a mapping file that speaks of one kind of file.

    Raises
    ------
    InputError
        If the file can't be read, or has a section that isn't known.
    """
    if path is None:
        return Mapping()
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as fault:
        raise InputError(
            tr("The mapping file {file} can't be read: {fault}.", file=path, fault=fault.strerror)
        ) from fault
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise InputError(
            tr("The mapping file {file} isn't valid TOML: {fault}.", file=path, fault=fault)
        ) from fault
    _refuse_unknown(path, data)
    section = data.get(kind, {})
    date_format = str(section.get("dates", {}).get("format", ""))
    _refuse_lossy(path, date_format)
    return Mapping(
        columns={str(k): str(v) for k, v in section.get("columns", {}).items()},
        date_format=date_format,
        values={
            str(column): {str(k): str(v) for k, v in pairs.items()}
            for column, pairs in section.get("values", {}).items()
        },
        constants={str(k): str(v) for k, v in section.get("constants", {}).items()},
    )


def _refuse_lossy(path: Path, date_format: str) -> None:
    """Refuse a format in which a day doesn't survive, such as one without year."""
    try:
        is_whole = not date_format or (
            datetime.strptime(A_DAY.strftime(date_format), date_format).date() == A_DAY
        )
    except ValueError:
        is_whole = False
    if not is_whole:
        raise InputError(
            tr(
                "The mapping file {file} has a date format {form} that doesn't give day, month "
                'and year; write it as in [cases.dates] format = "%d-%m-%Y".',
                file=path,
                form=date_format,
            )
        )


def _refuse_unknown(path: Path, data: dict[str, Any]) -> None:
    for kind, section in data.items():
        parts = section if isinstance(section, dict) else {}
        wrong = [kind] if kind not in KINDS or not isinstance(section, dict) else []
        wrong += [
            f"{kind}.{part}"
            for part, content in parts.items()
            if part not in ("columns", "dates", "values", "constants")
            or not isinstance(content, dict)
            or (part == "dates" and content.keys() - {"format"})
            or (part == "values" and not all(isinstance(v, dict) for v in content.values()))
        ]
        if wrong:
            raise InputError(
                tr(
                    "The mapping file {file} has a section [{section}] that isn't known; use "
                    "[kind.columns], [kind.dates], [kind.values.column] or [kind.constants], "
                    "with kind one of {kinds}.",
                    file=path,
                    section=wrong[0],
                    kinds=", ".join(KINDS),
                )
            )
