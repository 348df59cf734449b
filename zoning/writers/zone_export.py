"""One set of zones to write, in one of two faces: for officers, or for everyone.

A public export can't hold a count: the class refuses.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from zoning.model import Category, ExportedBooths, ExportedUnits, ExportedZones, Zone
from zoning.rules.rulebook import ZoneLevel

OFFICERS_ONLY = ("needs_survey", "n_booths", "population", "households")
"""Columns that a public export leaves out.

In a zone of one house a count is a person; that cases could not be placed tells of cases.
"""


class Face(StrEnum):
    """Whom an export is for."""

    PUBLIC = "public"
    OFFICIAL = "official"


@dataclass(frozen=True)
class ExportAbout:
    """What an export says of itself.

    Attributes
    ----------
    title : str
        Name of the map, such as the district's.
    as_of : datetime
        Moment that the export shows, with offset; every date stamp in the files is this.
    rule, policy, edition : str
        Ids of what was applied, and of the boundaries; empty where there is none.
    orders : tuple of str
        Numbers of the orders in force; empty where none is.
    levels : tuple of ZoneLevel
        Levels of the rule, most severe first, without `unclassified`.
    is_fictional : bool
        Whether the places and figures are made up.
    source, licence : str
        Whose boundaries these are, and under which terms they may be passed on.
    """

    title: str
    as_of: datetime
    rule: str
    policy: str
    edition: str
    orders: tuple[str, ...]
    levels: tuple[ZoneLevel, ...]
    is_fictional: bool
    source: str = ""
    licence: str = ""

    @property
    def zone_keys(self) -> tuple[str, ...]:
        """Return the levels of the rule, most severe first, and `unclassified`."""
        return (*(level.key for level in self.levels), Zone.UNCLASSIFIED.value)


@dataclass(frozen=True)
class ZoneExport:
    """The zones in force as they leave the product.

    Attributes
    ----------
    about : ExportAbout
        What it says of itself.
    units : ExportedUnits
        Every unit of the edition.
    booths : ExportedBooths
        Every booth; of length 0 where there are none.
    zones : ExportedZones
        The containment zones in force; of length 0 where there are none.
    face : Face
        Whom it is for; the public unless said otherwise.

    Raises
    ------
    ValueError
        If arrays differ in length, a zone or category is unknown, or a public export holds a
        column for officers; see `public_face`.
    """

    about: ExportAbout
    units: ExportedUnits
    booths: ExportedBooths
    zones: ExportedZones
    face: Face = Face.PUBLIC

    def __post_init__(self) -> None:
        if self.about.as_of.tzinfo is None:
            raise ValueError("an export needs its moment with offset")
        for table in (self.units, self.booths, self.zones):
            lengths = {len(column) for column in _columns(table).values() if column is not None}
            if lengths != {len(table)}:
                raise ValueError(f"{type(table).__name__} holds arrays of {sorted(lengths)}")
        unknown = set(self.units.zone) - set(self.about.zone_keys)
        if unknown:
            raise ValueError(f"zones {sorted(unknown)} are no level of rule {self.about.rule}")
        unknown = set(self.booths.category) - {*Category, ""}
        if unknown:
            raise ValueError(f"{sorted(unknown)} are no categories of booths")
        if self.face is Face.PUBLIC and (told := _told_to_officers(self)):
            raise ValueError(f"a public export shows no {', '.join(told)}")


def public_face(export: ZoneExport) -> ZoneExport:
    """Return an export without what is for officers only."""
    return replace(
        export,
        booths=replace(export.booths, needs_survey=None),
        zones=replace(export.zones, n_booths=None, population=None, households=None),
        face=Face.PUBLIC,
    )


def _told_to_officers(export: ZoneExport) -> list[str]:
    told = _columns(export.booths) | _columns(export.zones)
    return [name for name in OFFICERS_ONLY if told[name] is not None]


def _columns(table: Any) -> dict[str, Any]:
    return {column.name: getattr(table, column.name) for column in fields(table)}
