"""Booths of one constituency and a few, and wards with two of one name, for lists of orders."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np

from tests.builders import table_units
from zoning.model import Booths
from zoning.places.order_places import OrderPlaces

AT = datetime(2020, 6, 1, 6, 0, tzinfo=UTC)

BOOTHS = [*(f"163/{part}" for part in range(80, 100)), "164/12", "164/85", "B-7"]
NAMES = ["Tala", "East Kallada", "Tala", "Belgachia", "Entally"]


def objects(values):
    return np.array([*values, None], dtype=object)[:-1]


def known_booths() -> Booths:
    n = len(BOOTHS)
    return Booths(
        booth_id=objects(BOOTHS),
        unit_id=objects(["5" if booth.startswith("163") else "4" for booth in BOOTHS]),
        name=objects([""] * n),
        population=np.full(n, np.nan),
    )


def known_places(*decisions) -> OrderPlaces:
    units = table_units(dict.fromkeys([str(n) for n in range(1, 6)], 1000.0))
    return OrderPlaces(known_booths(), replace(units, name=objects(NAMES)), decisions)
