"""Where an order lies, by what its row says: booths, units, or text that nobody can tie to either.

Booths go before units: a unit told beside booths only says where they are. Names of
units are looked up and never guessed; what isn't found is handed back as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from zoning.model import Booths, Units
from zoning.places.booth_numbers import BoothNumbers, NamedPlaces, places_of
from zoning.places.gazetteer import Gazetteer, NameDecision
from zoning.places.matching import MatchKind
from zoning.places.numbers import expand
from zoning.places.ward_codes import WardCodes

_LIST = re.compile(r"[,;|\n]")


@dataclass(frozen=True)
class ToldPlace:
    """What a row says of its place, each text as written or empty."""

    booth_id: str = ""
    constituency: str = ""
    part_number: str = ""
    unit_id: str = ""
    unit_name: str = ""

    @property
    def text(self) -> str:
        """All of it, for a person."""
        parts = "/".join(filter(None, (self.constituency, self.part_number)))
        return "; ".join(filter(None, (self.booth_id, parts, self.unit_id, self.unit_name)))


@dataclass(frozen=True)
class OrderPlace:
    """Where an order lies.

    Attributes
    ----------
    booths : NamedPlaces
        Booths it names; its open pieces are those of the texts of booths.
    units : NamedPlaces
        Units it names; where booths are named too these only say where they are.
    elsewhere : tuple of str
        Booths known to lie in none of the units named beside them.
    other_unit : str
        Unit that bears the name told, where the code beside it is that of another one; the code
        counts.
    """

    booths: NamedPlaces
    units: NamedPlaces
    elsewhere: tuple[str, ...] = ()
    other_unit: str = ""


class OrderPlaces:
    """Booths and units that an order can name.

    Parameters
    ----------
    booths : Booths
        Of the edition in use.
    units : Units
        Of the same edition.
    decisions : Sequence of NameDecision
        What people decided that texts mean.
    """

    def __init__(
        self, booths: Booths, units: Units, decisions: Sequence[NameDecision] = ()
    ) -> None:
        self._booths = BoothNumbers(booths)
        self._unit_of = dict(zip(map(str, booths.booth_id), map(str, booths.unit_id), strict=True))
        self._unit_codes = WardCodes([str(unit) for unit in units.unit_id])
        self._names = Gazetteer(units, decisions)
        self._named: dict[tuple[str, str], NamedPlaces] = {}

    @classmethod
    def none(cls) -> OrderPlaces:
        """Return places among which nothing is known: every text stays open."""
        texts = np.empty(0, dtype=object)
        numbers = np.empty(0)
        return cls(Booths(texts, texts, texts, numbers), Units(texts, texts, numbers, texts, texts))

    def find(self, told: ToldPlace) -> OrderPlace:
        """Return where an order lies by what its row says.

        Parameters
        ----------
        told : ToldPlace
            Texts of the row. A `booth_id` beside a constituency counts inside it.
        """
        booths = NamedPlaces(is_nil=True)
        if told.booth_id:
            booths += self._booths.read(told.booth_id)
            if told.constituency and not booths.codes:
                booths = self._booths.read(told.booth_id, told.constituency)
        if told.part_number and told.constituency:
            booths += self._booths.read(told.part_number, told.constituency)
        elif told.part_number or (told.constituency and not told.booth_id):
            # A part without its constituency is one of many; a constituency alone is no booth.
            booths += NamedPlaces(open=(told.part_number or told.constituency,))
        units = self._units(told.unit_id, told.unit_name)
        within = set(units.codes)
        elsewhere = tuple(
            booth for booth in booths.codes if within and self._unit_of[booth] not in {"", *within}
        )
        return OrderPlace(booths, units, elsewhere, self._other_unit(told, units))

    def _other_unit(self, told: ToldPlace, units: NamedPlaces) -> str:
        named = self._names.find(told.unit_name).unit_id if told.unit_id and told.unit_name else ""
        return "" if named in units.codes else named

    def _units(self, code: str, name: str) -> NamedPlaces:
        if (code, name) not in self._named:
            by_code = self._by_code(code) if code else NamedPlaces(is_nil=True)
            found = by_code + self._by_name(name) if name and not by_code.codes else by_code
            self._named[code, name] = found
        return self._named[code, name]

    def _by_code(self, text: str) -> NamedPlaces:
        return self._exactly(text) or places_of(expand(text, self._unit_codes))

    def _by_name(self, text: str) -> NamedPlaces:
        exact = self._exactly(text)
        if exact is not None:
            return exact
        numbers = expand(text, self._unit_codes)
        if numbers.is_read:
            return places_of(numbers)
        pieces = [piece.strip() for piece in _LIST.split(text) if piece.strip()]
        read = NamedPlaces()
        for piece in pieces:
            read += self._exactly(piece) or NamedPlaces(open=(piece,))
        return read

    def _exactly(self, text: str) -> NamedPlaces | None:
        """Return the unit that bears a text or was decided for it; None where none does."""
        match = self._names.find(text)
        if match.unit_id:
            return NamedPlaces((match.unit_id,))
        # Several bear it, or a person said that it is none of ours: then it isn't read otherwise.
        is_settled = match.how in (MatchKind.AMBIGUOUS, MatchKind.DECIDED)
        return NamedPlaces(open=(text,)) if is_settled else None
