"""The district's tables as columns of the command-line contract, and back."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from zoning.demo.booths import Booths
from zoning.model import OUTCOME_CODES, Cases, Coded, Facilities, Floats, Tests, Texts

_OUTCOMES = np.array(list(OUTCOME_CODES), dtype=object)
_FACILITY_TEXTS = ("facility_id", "name", "kind", "category", "phone", "address", "unit_id")
_FACILITY_FIGURES = (
    "lon",
    "lat",
    "beds_total",
    "beds_vacant",
    "oxygen_beds_total",
    "oxygen_beds_vacant",
    "oxygen_hours",
)


def case_frame(cases: Cases) -> pd.DataFrame:
    """Return cases, one row each."""
    return pd.DataFrame(
        {
            "case_id": cases.case_id,
            "confirmed_on": pd.Series(cases.confirmed_on).dt.date,
            "unit_id": _spelled(cases.unit_id),
            "booth_id": _spelled(cases.booth_id),
            "lon": cases.lon,
            "lat": cases.lat,
            "outcome": _or_none(_OUTCOMES[cases.outcome]),
            "outcome_on": pd.Series(cases.outcome_on).dt.date,
            "imported": cases.is_imported,
            "institutional": cases.is_institutional,
        }
    )


def cases_of(frame: pd.DataFrame) -> Cases:
    """Return the cases of a frame made by `case_frame`."""
    outcome = frame["outcome"].fillna("").map(OUTCOME_CODES)
    return Cases(
        row=np.arange(1, len(frame) + 1),
        confirmed_on=_days(frame["confirmed_on"]),
        count=np.ones(len(frame), dtype=np.int64),
        outcome=np.asarray(outcome, dtype=np.int8),
        outcome_on=_days(frame["outcome_on"]),
        is_imported=frame["imported"].to_numpy(bool),
        is_institutional=frame["institutional"].to_numpy(bool),
        unit_id=_coded(frame["unit_id"]),
        booth_id=_coded(frame["booth_id"]),
        lon=_figures(frame["lon"]),
        lat=_figures(frame["lat"]),
        case_id=_texts(frame["case_id"]),
    )


def test_frame(tests: Tests) -> pd.DataFrame:
    """Return tests, one row a unit and day."""
    return pd.DataFrame(
        {
            "unit_id": _spelled(tests.unit_id),
            "on": pd.Series(tests.on).dt.date,
            "tests": tests.tests,
            "positives": tests.positives,
        }
    )


def tests_of(frame: pd.DataFrame) -> Tests:
    """Return the tests of a frame made by `test_frame`."""
    return Tests(
        row=np.arange(1, len(frame) + 1),
        unit_id=_coded(frame["unit_id"]),
        on=_days(frame["on"]),
        tests=frame["tests"].to_numpy(np.int64),
        positives=frame["positives"].to_numpy(np.int64),
    )


def booth_frame(booths: Booths) -> pd.DataFrame:
    """Return booths, one row each."""
    return pd.DataFrame(
        {
            "booth_id": booths.booth_id,
            "name": booths.name,
            "unit_id": booths.unit_id,
            "population": pd.Series(booths.population).astype("Int64"),
            "electors": booths.electors.astype(int),
            "lon": booths.lon,
            "lat": booths.lat,
        }
    )


def booths_of(frame: pd.DataFrame) -> Booths:
    """Return the booths of a frame made by `booth_frame`."""
    return Booths(
        booth_id=_texts(frame["booth_id"]),
        name=_texts(frame["name"]),
        unit_id=_texts(frame["unit_id"]),
        population=_figures(frame["population"]),
        electors=_figures(frame["electors"]),
        lon=_figures(frame["lon"]),
        lat=_figures(frame["lat"]),
    )


def facility_frame(facilities: Facilities) -> pd.DataFrame:
    """Return facilities, one row each, times in UTC."""
    columns = [*_FACILITY_TEXTS, *_FACILITY_FIGURES]
    frame = pd.DataFrame({column: getattr(facilities, column) for column in columns})
    for column in columns[columns.index("beds_total") : -1]:
        frame[column] = frame[column].astype("Int64")
    told = pd.Series(facilities.updated_at).dt.strftime("%Y-%m-%dT%H:%M:%SZ")
    return frame.assign(updated_at=told)


def facilities_of(frame: pd.DataFrame) -> Facilities:
    """Return the facilities of a frame made by `facility_frame`."""
    told = pd.to_datetime(frame["updated_at"], utc=True).dt.tz_localize(None)
    columns: dict[str, Any] = {column: _texts(frame[column]) for column in _FACILITY_TEXTS}
    columns |= {column: _figures(frame[column]) for column in _FACILITY_FIGURES}
    return Facilities(
        row=np.arange(1, len(frame) + 1),
        updated_at=told.to_numpy("datetime64[s]"),
        **columns,
    )


def _spelled(coded: Coded | None) -> Texts | None:
    """Return a coded column as texts, None where the cell is empty."""
    if coded is None:
        return None
    cells: Texts = np.append(coded.values, np.array([None], dtype=object))[coded.codes]
    return cells


def _coded(column: pd.Series) -> Coded:
    codes, values = pd.factorize(column, sort=True)
    return Coded(codes.astype(np.int32), np.asarray(values, dtype=object))


def _or_none(values: Texts) -> Texts:
    filled = values.copy()
    filled[values == ""] = None
    return filled


def _texts(column: pd.Series) -> Texts:
    return np.asarray(column.fillna("").astype(str), dtype=object)


def _figures(column: pd.Series) -> Floats:
    return column.to_numpy(np.float64, na_value=np.nan)


def _days(column: pd.Series) -> npt.NDArray[np.datetime64]:
    return pd.to_datetime(column).to_numpy("datetime64[D]")
