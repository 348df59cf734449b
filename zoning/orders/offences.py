"""Offences that a deviation may be, by section; the table is `offences.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from zoning.errors import InputError
from zoning.i18n.catalogue import tr

OFFENCES = Path(__file__).with_suffix(".toml")


@dataclass(frozen=True)
class Offence:
    """One offence.

    Attributes
    ----------
    key : str
        As it is stored, such as `DMA-51-b`.
    act, section : str
        The law and its section.
    words, penalty : str
        What it is and what it is punished with, shortly; not the text of the law.
    valid_from, valid_to : date
        First and last day on which a deed is this offence.
    is_usual : bool
        It is what most deviations are.
    needs_sanction : bool
        It is prosecuted only with the sanction of section 59.
    """

    key: str
    act: str
    section: str
    words: str
    penalty: str
    valid_from: date
    valid_to: date
    is_usual: bool = False
    needs_sanction: bool = False

    @property
    def cited(self) -> str:
        """Return the section with its law, as a record names it."""
        return tr("{act}, section {section}", act=self.act, section=self.section)


@dataclass(frozen=True)
class Procedure:
    """A section on how offences are prosecuted."""

    act: str
    section: str
    words: str


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(OFFENCES.read_text(encoding="utf-8"))


@cache
def offences() -> tuple[Offence, ...]:
    """Return all offences known, in the order of the file."""
    begin: date = _table()["valid_from"]
    return tuple(
        Offence(**{"valid_from": begin, "valid_to": date.max, **told})
        for told in _table()["offence"]
    )


def offences_on(day: date) -> tuple[Offence, ...]:
    """Return the offences that a deed of a day can be; the usual one comes first."""
    known = (o for o in offences() if o.valid_from <= day <= o.valid_to)
    return tuple(sorted(known, key=lambda offence: not offence.is_usual))


@cache
def procedure() -> tuple[Procedure, ...]:
    """Return the sections on prosecution."""
    return tuple(Procedure(**told) for told in _table()["procedure"])


def find_offence(key: str, day: date) -> Offence:
    """Return an offence by its key.

    Parameters
    ----------
    key : str
        In any case, such as `DMA-51-b`.
    day : date
        Of the deed.

    Raises
    ------
    InputError
        If no offence is called so, or none of that day.
    """
    known = offences_on(day)
    for offence in known:
        if offence.key.lower() == key.strip().lower():
            return offence
    raise InputError(
        tr(
            "There is no offence {key} for a deed of {day}; the offences then were {known}.",
            key=key.strip() or tr("without a name"),
            day=day.isoformat(),
            known=", ".join(offence.key for offence in known),
        )
    )
