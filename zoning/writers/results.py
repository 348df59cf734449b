"""A classification as CSV, GeoJSON, GeoPackage or Parquet, one row a unit."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import numpy as np

from zoning.judgement.parameters import SHOWN
from zoning.model import Classification, Floats, Units
from zoning.writers.tables import Ground, drafted_table

LAYER = "zones"


def write_classification(result: Classification, units: Units, path: Path) -> None:
    """Write a classification; the suffix says in which form.

    Infinite doubling is `inf` in CSV and null in GeoJSON; not computable is empty.

    Raises
    ------
    OutputError
        If the suffix is unknown or the file can't be written; nothing is left half-written.
    """
    with drafted_classification(result, units, path):
        pass


def drafted_classification(
    result: Classification, units: Units, path: Path
) -> AbstractContextManager[None]:
    """Write a classification beside its place; it appears when the block ends.

    Raises
    ------
    OutputError
        If the suffix is unknown or the file can't be written; nothing is left half-written.
    """
    return drafted_table(_columns(result), Ground(units.geometry, units.crs, LAYER), path)


def _columns(result: Classification) -> dict[str, Any]:
    columns: dict[str, Any] = {
        "unit_id": result.unit_id,
        "name": result.name,
        "zone": result.zone,
        "zone_worst": result.zone_worst,
        "confirmed_total": _counts(result.confirmed_total),
        "active": _counts(result.active),
    }
    for name in SHOWN:
        parameter = result.parameters[name]
        columns[name] = parameter.value
        columns[f"{name}_class"] = parameter.class_
    columns["doubling_state"] = result.doubling_state
    columns["surge"] = result.surge
    columns["last_case_on"] = result.last_case_on
    columns["flags"] = np.array([";".join(keys) for keys in result.flags], dtype=object)
    columns["explanation"] = result.explanation
    return columns


def _counts(counts: Any) -> Floats:
    return np.where(counts < 0, np.nan, counts)
