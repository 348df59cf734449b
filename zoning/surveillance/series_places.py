"""Which rows of a series speak of the same place."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from zoning.model import Bools, Cases, Coded, Ints
from zoning.surveillance.grouping import group_numbers


@dataclass(frozen=True)
class SeriesPlaces:
    """Places of a series, arrays of shape (n,).

    Attributes
    ----------
    key : Ints
        The same for rows that speak of the same place and the same kind of cases.
    is_nowhere : Bools
        Where a row tells no place at all.
    """

    key: Ints
    is_nowhere: Bools


def series_places(cases: Cases) -> SeriesPlaces:
    """Return which rows speak of the same place.

    A place is a unit and booth as told; without either the coordinates; without
    these the address. Cases found in another unit, imported and institutional
    ones are told apart: each kind has totals of its own.
    """
    n = len(cases)
    unit, booth = _numbers(cases.unit_id, n), _numbers(cases.booth_id, n)
    is_open = (unit < 0) & (booth < 0)
    point = np.full(n, -1, dtype=np.int64)
    if cases.lon is not None and cases.lat is not None:
        is_point = is_open & ~(np.isnan(cases.lon) | np.isnan(cases.lat))
        point[is_point] = group_numbers([cases.lon[is_point], cases.lat[is_point]])
        is_open &= ~is_point
    address = np.where(is_open, _numbers(cases.address, n), -1)
    detected = _numbers(cases.detected_unit_id, n)
    kinds = [detected, cases.is_imported, cases.is_institutional]
    key = group_numbers([unit, booth, point, address, *kinds])
    return SeriesPlaces(key, is_open & (address < 0))


def _numbers(coded: Coded | None, n: int) -> Ints:
    """Return a number for each text; -1 where it is empty. Equal texts may have several codes."""
    if coded is None:
        return np.full(n, -1, dtype=np.int64)
    _, by_text = np.unique(coded.values.astype(str), return_inverse=True)
    return np.append(by_text.astype(np.int64), -1)[coded.codes]
