"""An export as layers: columns by name and a shape a row, the same for every form of file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from zoning.errors import OutputError
from zoning.i18n.catalogue import tr
from zoning.model import Geometries
from zoning.writers.zone_export import ZoneExport

UNITS = "units"
BOOTHS = "booths"
ZONES = "containment_zones"
BUFFERS = "buffers"
ABOUT = "about"


@dataclass(frozen=True)
class ExportLayer:
    """One layer of an export.

    Attributes
    ----------
    name : str
        As it is called in every file.
    columns : dict of str to array
        Shape (n,) each; the first is the key of the row.
    geometry : Geometries
        Polygons and MultiPolygons in WGS84, outer rings anticlockwise; None where a row has none.
    """

    name: str
    columns: dict[str, Any]
    geometry: Geometries

    def __len__(self) -> int:
        return len(self.geometry)

    @property
    def keys(self) -> Any:
        """Return the key of each row."""
        return next(iter(self.columns.values()))

    def without_geometry(self) -> tuple[str, ...]:
        """Return the keys of the rows that have no shape."""
        return tuple(str(key) for key in self.keys[shapely.is_missing(self.geometry)])


def export_layers(export: ZoneExport) -> tuple[ExportLayer, ...]:
    """Return the layers of an export, the units first.

    Raises
    ------
    OutputError
        If a shape is no area.
    """
    units, booths, zones = export.units, export.booths, export.zones
    return (
        _layer(
            UNITS,
            {
                "unit_id": units.unit_id,
                "name": units.name,
                "level": units.level,
                "zone": units.zone,
                "in_force_since": units.in_force_since,
                "order_number": units.order_number,
            },
            units.geometry,
        ),
        _layer(
            BOOTHS,
            {
                "booth_id": booths.booth_id,
                "name": booths.name,
                "unit_id": booths.unit_id,
                "category": booths.category,
                "watch": booths.watch,
                "needs_survey": booths.needs_survey,
                "provenance": booths.provenance,
                "zone_id": booths.zone_id,
            },
            booths.geometry,
        ),
        _layer(
            ZONES,
            {
                "zone_id": zones.zone_id,
                "opened_on": zones.opened_on,
                "order_number": zones.order_number,
                "unit_ids": zones.unit_ids,
                "n_booths": zones.n_booths,
                "population": zones.population,
                "households": zones.households,
                "perimeter_m": zones.perimeter_m,
            },
            zones.geometry,
        ),
        _layer(
            BUFFERS,
            {
                "zone_id": zones.zone_id,
                "opened_on": zones.opened_on,
                "order_number": zones.order_number,
            },
            zones.buffer_geometry,
        ),
    )


def about_rows(export: ZoneExport) -> dict[str, str]:
    """Return what an export says of itself, word by word."""
    about = export.about
    return {
        "title": about.title,
        "as_of": about.as_of.isoformat(),
        "face": export.face.value,
        "is_fictional": "true" if about.is_fictional else "false",
        "orders": "; ".join(about.orders),
        "rule": about.rule,
        "policy": about.policy,
        "edition": about.edition,
        "source": about.source,
        "licence": about.licence,
    }


def _layer(name: str, columns: dict[str, Any], geometry: Geometries) -> ExportLayer:
    told = {column: values for column, values in columns.items() if values is not None}
    return ExportLayer(name, told, _areas(name, next(iter(told.values())), geometry))


def _areas(name: str, keys: Any, geometry: Geometries) -> Geometries:
    flat = shapely.force_2d(geometry)
    areas: Geometries = flat.copy()
    areas[shapely.is_empty(flat)] = None
    kinds = shapely.get_type_id(areas)
    strange = ~np.isin(
        kinds, (-1, shapely.GeometryType.POLYGON.value, shapely.GeometryType.MULTIPOLYGON.value)
    )
    if strange.any():
        nth = int(np.argmax(strange))
        raise OutputError(
            tr(
                "{key} in the layer {layer} is drawn as {kind}, not as an area; bring its "
                "boundary in again as a polygon.",
                key=keys[nth],
                layer=name,
                kind=areas[nth].geom_type,
            )
        )
    oriented: Geometries = shapely.orient_polygons(areas)
    return oriented
