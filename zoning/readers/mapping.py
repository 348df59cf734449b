"""Mapping files: which column of a file is which of ours, and how values are written."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from zoning.errors import InputError
from zoning.i18n.catalogue import tr

KINDS = (
    "units",
    "cases",
    "tests",
    "indicators",
    "booths",
    "facilities",
    "outcomes",
    "orders",
    "rounds",
    "contacts",
    "samples",
    "isolation",
    "roster",
)
# What the rows of a case file are: cases as they come, a day's total of a unit, the total of
# a unit so far, or cases as they come with negative rows that take some back.
SERIES = ("events", "daily", "cumulative", "changes")
# The parts of a section, each with the keys it may hold; None for any.
PARTS: dict[str, tuple[str, ...] | None] = {
    "columns": None,
    "dates": ("format", "formats"),
    "values": None,
    "constants": None,
    "names": None,
    "expected": None,
    "file": ("encoding", "layer"),
    "series": ("kind",),
}
# Day, month and short year are told apart in it.
A_DAY = date(2020, 5, 18)
# How a mapping file names the form of ISO 8601, which is empty inside.
ISO_WORD = "iso"


@dataclass(frozen=True)
class Mapping:
    """How one kind of file is to be read.

    Attributes
    ----------
    columns : dict[str, str]
        Our name to the name in the file.
    date_format : str
        `strptime` format of its dates; empty for ISO 8601.
    date_formats : tuple[str, ...]
        Where the file mixes several: all of them, and `date_format` is empty.
    values : dict[str, dict[str, str]]
        By our column name, the text in the file to our text.
    constants : dict[str, str]
        By our column name, a text that stands for every row.
    names : dict[str, str]
        By language tag, the column of the file with the names in that language.
    expected : dict[str, str]
        What a file should hold, such as `unit_id` = "1 - 144": what it lacks is listed.
    encoding, layer : str
        Of the file, where it has to be told; empty for UTF-8, and for the only layer.
    series : str
        What the rows of a case file are, one of `SERIES`; empty for events.
    """

    columns: dict[str, str] = field(default_factory=dict)
    date_format: str = ""
    values: dict[str, dict[str, str]] = field(default_factory=dict)
    constants: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    expected: dict[str, str] = field(default_factory=dict)
    encoding: str = ""
    layer: str = ""
    series: str = ""
    date_formats: tuple[str, ...] = ()

    @property
    def formats(self) -> tuple[str, ...]:
        """All formats of dates, at least one; an empty one is ISO 8601."""
        return self.date_formats or (self.date_format,)


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
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as fault:
        raise _not_toml(path, fault) from fault
    except OSError as fault:
        raise InputError(
            tr("The mapping file {file} can't be read: {fault}.", file=path, fault=fault.strerror)
        ) from fault
    return parse_mapping(text, kind, path)


def parse_mapping(text: str, kind: str, path: Path | str) -> Mapping:
    """Return the part of a mapping that speaks of one kind of file.

    Parameters
    ----------
    text : str
        TOML.
    kind : str
        One of `KINDS`.
    path : Path or str
        Its name, for messages.

    Raises
    ------
    InputError
        If it isn't TOML, or has a section that isn't known.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise _not_toml(path, fault) from fault
    _refuse_unknown(path, data)
    section = data.get(kind, {})
    formats = _formats(path, section)
    file = section.get("file", {})
    return Mapping(
        columns=_texts(section, "columns"),
        date_format=formats[0] if len(formats) == 1 else "",
        values={
            str(column): {str(k): str(v) for k, v in pairs.items()}
            for column, pairs in section.get("values", {}).items()
        },
        constants=_texts(section, "constants"),
        names=_texts(section, "names"),
        expected=_texts(section, "expected"),
        encoding=str(file.get("encoding", "")),
        layer=str(file.get("layer", "")),
        series=_series(path, section),
        date_formats=formats if len(formats) > 1 else (),
    )


def _not_toml(path: Path | str, fault: Exception) -> InputError:
    return InputError(
        tr("The mapping file {file} isn't valid TOML: {fault}.", file=path, fault=fault)
    )


def _texts(section: dict[str, Any], part: str) -> dict[str, str]:
    return {str(key): str(value) for key, value in section.get(part, {}).items()}


def _formats(path: Path | str, section: dict[str, Any]) -> tuple[str, ...]:
    dates = section.get("dates", {})
    told = dates.get("formats", [dates.get("format", "")])
    if not isinstance(told, list) or not told or ("format" in dates and "formats" in dates):
        raise InputError(
            tr(
                "The mapping file {file} tells its dates in a form that isn't understood; write "
                'format = "%d-%m-%Y", or formats = ["%d-%m-%Y", "%d/%m/%Y"] where several occur.',
                file=path,
            )
        )
    formats = tuple("" if str(form) == ISO_WORD else str(form) for form in told)
    for form in formats:
        _refuse_lossy(path, form)
    return tuple(dict.fromkeys(formats))


def _series(path: Path | str, section: dict[str, Any]) -> str:
    series = str(section.get("series", {}).get("kind", ""))
    if series and series not in SERIES:
        raise InputError(
            tr(
                "The mapping file {file} has a series {series}; it must be one of {known}.",
                file=path,
                series=series,
                known=", ".join(SERIES),
            )
        )
    return series


def _refuse_lossy(path: Path | str, date_format: str) -> None:
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


def _refuse_unknown(path: Path | str, data: dict[str, Any]) -> None:
    for kind, section in data.items():
        parts = section if isinstance(section, dict) else {}
        wrong = [kind] if kind not in KINDS or not isinstance(section, dict) else []
        wrong += [
            f"{kind}.{part}"
            for part, content in parts.items()
            if part not in PARTS
            or not isinstance(content, dict)
            or content.keys() - set(PARTS[part] or content)
            or (part == "values" and not all(isinstance(v, dict) for v in content.values()))
        ]
        if wrong:
            raise InputError(
                tr(
                    "The mapping file {file} has a section [{section}] that isn't known; use "
                    "[kind.columns], [kind.dates], [kind.values.column], [kind.constants], "
                    "[kind.names], [kind.expected], [kind.file] or [kind.series], "
                    "with kind one of {kinds}.",
                    file=path,
                    section=wrong[0],
                    kinds=", ".join(KINDS),
                )
            )
