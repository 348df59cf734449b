"""Facility files: hospitals, ambulances and desks, one row each."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from zoning.facilities.plausibility import find_implausible_beds
from zoning.i18n.catalogue import tr
from zoning.model import Bools, Facilities, FacilityKind, Finding, Floats, RowAccount, Texts
from zoning.readers import columns
from zoning.readers.dates import Moments, read_moments
from zoning.readers.fields import Part, form_of, need, resolve
from zoning.readers.mapping import Mapping
from zoning.readers.tables import column_names, read_whole

TEXTS = ("facility_id", "name", "kind", "category", "phone", "address", "unit_id")
FIGURES = (
    "beds_total",
    "beds_vacant",
    "oxygen_beds_total",
    "oxygen_beds_vacant",
    "oxygen_hours",
)
COLUMNS = (
    "facility_id",
    "name",
    "kind",
    "category",
    "phone",
    "address",
    "unit_id",
    "lon",
    "lat",
    "beds_total",
    "beds_vacant",
    "oxygen_beds_total",
    "oxygen_beds_vacant",
    "oxygen_hours",
    "updated_at",
)

Box = tuple[float, float, float, float]
GLOBE: Box = (-180.0, -90.0, 180.0, 90.0)


def read_facilities(
    path: Path, mapping: Mapping, at: datetime, area: Box = GLOBE
) -> tuple[Facilities, RowAccount]:
    """Return a facility file and the account of its rows.

    A facility whose coordinates can't be right keeps its row: it has beds and a
    phone all the same. It is listed and not drawn.

    Parameters
    ----------
    path : Path
        CSV, XLSX or Parquet.
    mapping : Mapping
        Names and forms where they aren't ours.
    at : datetime
        The present; an update later than this can't be true.
    area : Box
        West, south, east, north in degrees; coordinates beyond are refused.

    Raises
    ------
    InputError
        If the file can't be read, or says neither name nor kind.
    """
    form = form_of(mapping, COLUMNS)
    names = column_names(path, form)
    found = resolve(path, names, COLUMNS, mapping)
    known = {**found, **mapping.constants}
    need(path, names, known, "name", "kind", kind="facilities")
    part = Part(read_whole(path, sorted(set(found.values())), form), found, mapping)
    texts = {name: _texts(part, name) for name in TEXTS}
    texts["kind"] = np.array([kind.lower() for kind in texts["kind"]], dtype=object)
    part.note(texts["name"] == "", "name_missing", lambda _: tr("name is empty; name the facility"))
    part.note(
        ~np.isin(texts["kind"].astype(str), [str(kind) for kind in FacilityKind]),
        "kind_unknown",
        lambda i: tr(
            "kind is {value}; it must be one of {known}",
            value=texts["kind"][i] or tr("empty"),
            known=", ".join(FacilityKind),
        ),
    )
    unnamed = texts["facility_id"] == ""
    texts["facility_id"][unnamed] = texts["name"][unnamed]
    lon, lat = _place(part, area)
    columns_read: dict[str, Any] = {**texts, **{name: _figure(part, name) for name in FIGURES}}
    facilities = Facilities(
        row=part.row, lon=lon, lat=lat, updated_at=_updated(part, at), **columns_read
    )
    implausible = find_implausible_beds(facilities)
    part.findings.extend(implausible)
    facilities = _without_implausible(facilities, implausible)
    return _kept(facilities, ~part.rejected), part.account()


def _texts(part: Part, name: str) -> Texts:
    coded = part.coded(name)
    return np.full(len(part), "", dtype=object) if coded is None else columns.spread(coded)


def _figure(part: Part, name: str) -> Floats:
    column = part.column(name)
    if column is None:
        return np.full(len(part), np.nan)
    numbers, wrong = columns.floats(column)
    part.note(
        wrong,
        f"{name}_invalid",
        lambda i: tr(
            "{column} is {value}; it must be a number, or empty where it isn't known",
            column=name,
            value=part.cell(name, i),
        ),
        rejects=False,
    )
    return numbers


def _updated(part: Part, at: datetime) -> Moments:
    column = part.column("updated_at")
    if column is None:
        return np.full(len(part), np.datetime64("NaT", "s"))
    updated, wrong = read_moments(column, part.mapping.formats)
    now = np.datetime64(at.astimezone(UTC).replace(tzinfo=None), "s")
    part.note(
        wrong | (updated > now),
        "updated_invalid",
        lambda i: tr(
            "updated_at is {value}, which isn't a past moment; it is taken as not told",
            value=part.cell("updated_at", i),
        ),
        rejects=False,
    )
    updated[updated > now] = np.datetime64("NaT")
    return updated


def _place(part: Part, area: Box) -> tuple[Floats, Floats]:
    values = []
    for name in ("lon", "lat"):
        column = part.column(name)
        values.append(np.full(len(part), np.nan) if column is None else columns.floats(column)[0])
    lon, lat = values
    missing = np.isnan(lon) | np.isnan(lat)
    zero = (lon == 0) & (lat == 0)
    west, south, east, north = area
    with np.errstate(invalid="ignore"):
        inside = (lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)
    outside = ~missing & ~zero & ~inside
    _note_place(part, missing, "coordinates_missing", tr("lon or lat is empty or no number"))
    _note_place(part, zero, "coordinates_zero", tr("lon and lat are 0, in the Atlantic Ocean"))
    part.note(
        outside,
        "coordinates_outside",
        lambda i: tr(
            "{lon}, {lat} lies outside the district; are lon and lat exchanged?",
            lon=part.cell("lon", i),
            lat=part.cell("lat", i),
        ),
        rejects=False,
    )
    unusable = missing | zero | outside
    return np.where(unusable, np.nan, lon), np.where(unusable, np.nan, lat)


def _note_place(part: Part, where: Bools, code: str, message: str) -> None:
    part.note(
        where,
        code,
        lambda _: tr("{fault}; it is listed and not drawn", fault=message),
        rejects=False,
    )


def _without_implausible(facilities: Facilities, findings: tuple[Finding, ...]) -> Facilities:
    """Take figures that can't be true as not told: a wrong bed sends an ambulance astray."""
    at_fault = np.isin(facilities.row, [finding.row for finding in findings])
    changed = {
        name: np.where(at_fault, np.nan, getattr(facilities, name))
        for name in FIGURES
        if name != "beds_total"
    }
    with np.errstate(invalid="ignore"):
        beds = facilities.beds_total
        changed["beds_total"] = np.where(beds < 0, np.nan, beds)
    return Facilities(**{**facilities.__dict__, **changed})


def _kept(facilities: Facilities, keep: Bools) -> Facilities:
    return Facilities(**{name: values[keep] for name, values in facilities.__dict__.items()})
