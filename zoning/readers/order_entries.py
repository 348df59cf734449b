"""The places of orders: each row becomes one entry for each booth, polygon or unit it names.

What can't be tied to a place becomes an entry without one, so that it is listed.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np
import shapely

from zoning.i18n.catalogue import tr
from zoning.model import Bools, Geometries, Indices, Texts
from zoning.places.booth_numbers import NamedPlaces
from zoning.places.order_places import OrderPlace, OrderPlaces, ToldPlace
from zoning.readers.fields import Part
from zoning.readers.order_terms import texts_of

PLACE_COLUMNS = ("booth_id", "constituency", "part_number", "unit_id", "unit_name")


@dataclass(frozen=True)
class OrderEntries:
    """Entries, arrays of shape (m,).

    Attributes
    ----------
    of : Indices
        Position of the row of each entry in its part, ascending.
    booth_id, unit_id, place : Texts
        See `StandingOrders`.
    is_partly : Bools
        Only a part of the place is meant, or may be.
    """

    of: Indices
    booth_id: Texts
    unit_id: Texts
    place: Texts
    is_partly: Bools

    def take(self, chosen: Bools) -> OrderEntries:
        """Return some of the entries, by mask."""
        return OrderEntries(
            self.of[chosen],
            self.booth_id[chosen],
            self.unit_id[chosen],
            self.place[chosen],
            self.is_partly[chosen],
        )


@dataclass
class _Entries:
    """Entries being collected, and what is to be told of their rows."""

    of: list[int] = field(default_factory=list)
    booth_id: list[str] = field(default_factory=list)
    unit_id: list[str] = field(default_factory=list)
    place: list[str] = field(default_factory=list)
    is_partly: list[bool] = field(default_factory=list)
    said: dict[str, dict[int, tuple[str, ...]]] = field(default_factory=lambda: defaultdict(dict))

    def add(
        self, row: int, booth_id: str, unit_id: str, place: str, *, is_partly: bool = False
    ) -> None:
        self.of.append(row)
        self.booth_id.append(booth_id)
        self.unit_id.append(unit_id)
        self.place.append(place)
        self.is_partly.append(is_partly)

    def add_row(self, row: int, told: ToldPlace, found: OrderPlace, *, has_polygon: bool) -> None:
        """Add the entries of a row: its booths, else its polygon, else its units."""
        booths, units = found.booths, found.units
        only_unit = units.codes[0] if len(units.codes) == 1 else ""
        open_ = (*booths.open, *units.open)
        for booth in booths.codes:
            self.add(row, booth, only_unit, told.text, is_partly=booth in booths.partly)
        if not booths.codes and has_polygon:
            self.add(row, "", only_unit, told.text)
        elif not booths.codes and not booths.open:
            for unit in units.codes:
                self.add(row, "", unit, told.text, is_partly=unit in units.partly)
            self.said["unit_whole"][row] = units.codes
        # A polygon says where the row lies, whatever its words do.
        if open_ and not (has_polygon and not booths.codes):
            for piece in open_:
                self.add(row, "", "", piece)
        self.said["place_open"][row] = open_
        self.said["place_partly"][row] = tuple(sorted(_partly(booths, units)))
        self.said["booth_elsewhere"][row] = found.elsewhere
        self.said["unit_contradicted"][row] = (found.other_unit,) if found.other_unit else ()

    def finished(self) -> OrderEntries:
        return OrderEntries(
            np.array(self.of, dtype=np.int32),
            _texts(self.booth_id),
            _texts(self.unit_id),
            _texts(self.place),
            np.array(self.is_partly, dtype=bool),
        )


def read_entries(part: Part, places: OrderPlaces, geometry: Geometries | None) -> OrderEntries:
    """Return the entries of all rows that aren't rejected, and reject those without any place.

    Parameters
    ----------
    part : Part
        Rows of a file of orders, n of them.
    places : OrderPlaces
        What is known here.
    geometry : Geometries or None
        Their polygons in WGS84, shape (n,).
    """
    columns = [texts_of(part, name) for name in PLACE_COLUMNS]
    has_polygon = np.zeros(len(part), dtype=bool)
    if geometry is not None:
        has_polygon = ~(shapely.is_missing(geometry) | shapely.is_empty(geometry))
    entries = _Entries()
    is_nowhere = np.zeros(len(part), dtype=bool)
    for row in np.flatnonzero(~part.rejected):
        told = ToldPlace(*(str(column[row]) for column in columns))
        found = places.find(told)
        before = len(entries.of)
        entries.add_row(int(row), told, found, has_polygon=bool(has_polygon[row]))
        is_nowhere[row] = len(entries.of) == before
    part.note(
        is_nowhere,
        "place_missing",
        lambda _: tr("the row names no booth and no unit and has no polygon; give one of them"),
    )
    _note(part, entries.said)
    return entries.finished()


def _partly(booths: NamedPlaces, units: NamedPlaces) -> frozenset[str]:
    return booths.partly if booths.codes else units.partly


def _note(part: Part, said: dict[str, dict[int, tuple[str, ...]]]) -> None:
    def where(code: str) -> Bools:
        mask = np.zeros(len(part), dtype=bool)
        mask[[row for row, texts in said[code].items() if texts]] = True
        return mask

    def listed(code: str, row: int) -> str:
        return ", ".join(said[code][row])

    part.note(
        where("place_open"),
        "place_open",
        lambda i: tr(
            "no booth or unit known here is {text}; it is listed as unlocated and guessed nowhere",
            text=listed("place_open", i),
        ),
        rejects=False,
    )
    part.note(
        where("place_partly"),
        "place_partly",
        lambda i: tr(
            "the order says, or may say, that it means a part of {places} only; draw the part, "
            "or the whole of it counts",
            places=listed("place_partly", i),
        ),
        rejects=False,
    )
    part.note(
        where("booth_elsewhere"),
        "booth_elsewhere",
        lambda i: tr(
            "{booths} lies in none of the units that the row names; the booth counts",
            booths=listed("booth_elsewhere", i),
        ),
        rejects=False,
    )
    part.note(
        where("unit_contradicted"),
        "unit_contradicted",
        lambda i: tr(
            "unit_id is {code} and unit_name is {name}, which is unit {other}; the code counts "
            "until one of them is corrected",
            code=part.cell("unit_id", i),
            name=part.cell("unit_name", i),
            other=listed("unit_contradicted", i),
        ),
        rejects=False,
    )
    part.note(
        where("unit_whole"),
        "unit_whole",
        lambda i: tr(
            "the row names {units} as a whole and no booth of it; every booth there is meant",
            units=listed("unit_whole", i),
        ),
        rejects=False,
    )


def _texts(texts: list[str]) -> Texts:
    return np.array([*texts, ""], dtype=object)[:-1]
