"""Zones as `zoning classify` wrote them: units with the colour of each."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from zoning.errors import InputError
from zoning.i18n.catalogue import tr
from zoning.model import Texts, Units
from zoning.readers import columns
from zoning.readers.fields import Part, need, resolve
from zoning.readers.mapping import Mapping
from zoning.readers.units import read_unit_file
from zoning.readers.vector import open_shapes


def read_zones(path: Path, known: tuple[str, ...]) -> tuple[Units, Texts]:
    """Return the units of a file of zones, and their zones.

    Parameters
    ----------
    path : Path
        Written by `zoning classify`, with areas.
    known : tuple of str
        Zones that can be used.

    Raises
    ------
    InputError
        If the file can't be read, has no areas, or a row can't be used: a unit left out would
        leave its booths without a zone.
    """
    file = read_unit_file(path, Mapping())
    fault = next((f for f in file.account.findings if f.rejects), None)
    if fault is not None:
        raise InputError(
            tr("{file}, row {row}: {message}.", file=path, row=fault.row, message=fault.message)
        )
    if file.units.geometry is None:
        raise InputError(
            tr(
                "{file} has no areas; write the zones to .gpkg, .geojson or .parquet from units "
                "with areas.",
                file=path,
            )
        )
    return file.units, _zones(path, known)


def _zones(path: Path, known: tuple[str, ...]) -> Texts:
    opened = open_shapes(path, Mapping(), "zones")
    names = opened.table.column_names
    found = resolve(path, names, ("unit_id", "zone"), Mapping())
    if "zone" not in found:
        raise InputError(
            tr(
                "{file} has no column zone; its columns are {names}. Give the file that zoning "
                "classify wrote.",
                file=path,
                names=", ".join(names),
            )
        )
    need(path, names, found, "unit_id", kind="units")
    part = Part(opened.sheet, found, Mapping())
    coded = part.coded("zone")
    zone = np.full(len(part), "", dtype=object) if coded is None else columns.spread(coded)
    unknown = np.flatnonzero(~np.isin(zone.astype(str), known))
    if len(unknown):
        raise InputError(
            tr(
                "{file}, row {row}: zone is {zone}; booths are delineated in zones {known} only. "
                "Judge the units by a rule with these colours.",
                file=path,
                row=part.row[unknown[0]],
                zone=part.cell("zone", int(unknown[0])) or '""',
                known=", ".join(known),
            )
        )
    return zone
