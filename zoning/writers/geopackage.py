"""An export as GeoPackage that QGIS opens in its colours.

The styles lie in the table `layer_styles`, where QGIS looks for the default style of a layer.
"""

from __future__ import annotations

import errno
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from zoning.i18n.catalogue import tr
from zoning.i18n.forms import moment
from zoning.model import WGS84
from zoning.writers.qgis_style import layer_qml
from zoning.writers.sld_style import layer_sld
from zoning.writers.tables import Ground, write_layer
from zoning.writers.zone_export import ZoneExport
from zoning.writers.zone_layers import ABOUT, ExportLayer, about_rows

STYLES = "layer_styles"
GEOMETRY_COLUMN = "geom"
MADE_BY = "Seemana"

# Releases of QGIS from 2017 on read it without a warning; nothing here needs a later one.
GEOPACKAGE = {"VERSION": "1.2"}


def write_geopackage(export: ZoneExport, layers: tuple[ExportLayer, ...], path: Path) -> None:
    """Write the layers, what the export says of itself, and the styles.

    Parameters
    ----------
    export : ZoneExport
        What it says of itself, and as of when.
    layers : tuple of ExportLayer
        In the order in which programs list them.
    path : Path
        The draft.

    Raises
    ------
    OSError
        If a layer can't be written in full.
    """
    about = export.about
    described = tr("{title}, as of {moment}", title=about.title, moment=moment(about.as_of))
    for layer in layers:
        write_layer(
            layer.columns,
            Ground(layer.geometry, WGS84, layer.name),
            path,
            layer_options={"GEOMETRY_NAME": GEOMETRY_COLUMN, "DESCRIPTION": described},
            file_options=GEOPACKAGE,
        )
    rows = about_rows(export)
    told = {"key": _texts(rows), "value": _texts(rows.values())}
    write_layer(told, Ground(None, WGS84, ABOUT), path, layer_options={"DESCRIPTION": described})
    write_layer(
        _styles(export, layers), Ground(None, WGS84, STYLES), path, layer_options={"FID": "id"}
    )
    _settle(path, about.as_of)


def _styles(export: ZoneExport, layers: tuple[ExportLayer, ...]) -> dict[str, Any]:
    """Return the table as QGIS makes it: it asks for empty catalogue and schema."""
    about = export.about
    n = len(layers)
    stamp = np.datetime64(about.as_of.astimezone(UTC).replace(tzinfo=None), "ms")
    return {
        "f_table_catalog": _texts([""] * n),
        "f_table_schema": _texts([""] * n),
        "f_table_name": _texts(layer.name for layer in layers),
        "f_geometry_column": _texts([GEOMETRY_COLUMN] * n),
        "styleName": _texts(layer.name for layer in layers),
        "styleQML": _texts(layer_qml(layer.name, about) for layer in layers),
        "styleSLD": _texts(layer_sld(layer.name, about) for layer in layers),
        "useAsDefault": np.ones(n, dtype=np.bool_),
        "description": _texts([about.rule or about.title] * n),
        "owner": _texts([MADE_BY] * n),
        "ui": _texts([""] * n),
        "update_time": np.full(n, stamp),
    }


def _settle(path: Path, as_of: datetime) -> None:
    """Date every change by the moment shown, and lay the file out anew.

    The same export is the same file, byte by byte: how often GDAL wrote while it worked depends
    on the clock, and SQLite counts it.
    """
    stamp = as_of.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
    settled = path.with_name(f"settled-{path.name}")
    try:
        with closing(sqlite3.connect(path)) as database:
            with database:
                database.execute("UPDATE gpkg_contents SET last_change = ?", (stamp,))
                database.execute(f"UPDATE {STYLES} SET update_time = ?", (stamp,))
            database.execute("VACUUM INTO ?", (str(settled),))
    except sqlite3.Error as fault:
        raise OSError(errno.EIO, str(fault)) from fault
    settled.replace(path)


def _texts(values: Any) -> Any:
    return np.array(list(values), dtype=object)
