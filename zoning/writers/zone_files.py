"""The zones in force as one file: GeoPackage, GeoJSON, KML or CSV."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely

from zoning.errors import OutputError
from zoning.i18n.catalogue import tr
from zoning.writers.drafts import drafted
from zoning.writers.geopackage import write_geopackage
from zoning.writers.kml import write_kml
from zoning.writers.tables import csv_texts, json_values, refuse_missing_folder
from zoning.writers.zone_export import ZoneExport
from zoning.writers.zone_layers import BUFFERS, ExportLayer, about_rows, export_layers

# Seven decimals of a degree are a centimetre.
DECIMALS = 7

# What a spreadsheet takes for the start of a formula, in the narrow and the wide form.
FORMULA_STARTS = frozenset("=+-@＝＋－＠")
NEUTRAL = "'"

REPEATED = ("as_of", "is_fictional", "source", "licence")
"""What each row of a CSV says of the whole, since the file has no other place for it."""


@dataclass(frozen=True)
class WrittenZones:
    """What was written.

    Attributes
    ----------
    path : Path
        Where the file lies.
    rows : Mapping of str to int
        Rows by layer.
    without_geometry : Mapping of str to tuple of str
        Keys of the rows that have no shape, by layer; they are in the file nonetheless. A layer
        in which every row has one is absent.
    """

    path: Path
    rows: Mapping[str, int]
    without_geometry: Mapping[str, tuple[str, ...]]


def write_zones(export: ZoneExport, path: Path, form: str) -> WrittenZones:
    """Write an export; the file appears complete or not at all.

    Parameters
    ----------
    export : ZoneExport
        What to write; see `public_face` for what everyone may read.
    path : Path
        Where the file appears; it ends in the form.
    form : str
        `gpkg`, `geojson`, `kml` or `csv`.

    Raises
    ------
    OutputError
        If the form is unknown or isn't the file's suffix, the folder is missing, a shape is no
        area, or the file can't be written; a file that was there stays as it was.
    RuleError
        If the palette has no colours for so many levels.
    """
    writer = _WRITERS.get(form)
    if writer is None:
        raise OutputError(
            tr(
                "Zones aren't exported as {form}; choose one of {known}.",
                form=form,
                known=", ".join(FORMS),
            )
        )
    if path.suffix.lower() != f".{form}":
        raise OutputError(
            tr(
                "{file} doesn't end in .{form}; name the file accordingly or choose another form.",
                file=path.name,
                form=form,
            )
        )
    refuse_missing_folder(path)
    layers = export_layers(export)
    with drafted(path, lambda draft: writer(export, layers, draft)):
        pass
    absent = {layer.name: layer.without_geometry() for layer in layers}
    return WrittenZones(
        path=path,
        rows={layer.name: len(layer) for layer in layers},
        without_geometry={name: keys for name, keys in absent.items() if keys},
    )


def _geojson(export: ZoneExport, layers: tuple[ExportLayer, ...], path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        typed = {"is_fictional": export.about.is_fictional, "orders": list(export.about.orders)}
        about = json.dumps(about_rows(export) | typed, ensure_ascii=False)
        file.write(f'{{"type":"FeatureCollection","about":{about},"features":[')
        comma = "\n"
        for layer in layers:
            rounded = shapely.transform(layer.geometry, lambda xy: np.round(xy, DECIMALS))
            shapes = shapely.to_geojson(rounded)
            rows = zip(*(json_values(column) for column in layer.columns.values()), strict=True)
            for row, shape in zip(rows, shapes, strict=True):
                named = {"layer": layer.name} | dict(zip(layer.columns, row, strict=True))
                properties = json.dumps(named, ensure_ascii=False, allow_nan=False)
                file.write(
                    f'{comma}{{"type":"Feature","properties":{properties},'
                    f'"geometry":{shape or "null"}}}'
                )
                comma = ",\n"
        file.write("\n]}\n")


def _csv(export: ZoneExport, layers: tuple[ExportLayer, ...], path: Path) -> None:
    # A buffer is nothing but its ground, which a table can't show.
    tables = [layer for layer in layers if layer.name != BUFFERS]
    names = list(dict.fromkeys(name for layer in tables for name in layer.columns))
    told = about_rows(export)
    constant = [neutral(told[key]) for key in REPEATED]
    # The mark of UTF-8 at the start: without it, spreadsheets garble Bengali.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(("layer", *names, "has_geometry", *REPEATED))
        for layer in tables:
            n = len(layer)
            cells = [
                _cells(layer, name) if name in layer.columns else [""] * n
                for name in (*names, "has_geometry")
            ]
            cells[-1] = csv_texts(~shapely.is_missing(layer.geometry))
            rows.writerows((layer.name, *row, *constant) for row in zip(*cells, strict=True))


def _cells(layer: ExportLayer, name: str) -> list[str]:
    column = layer.columns[name]
    texts = csv_texts(column)
    return [neutral(text) for text in texts] if column.dtype == object else texts


def neutral(text: str) -> str:
    """Return text that no spreadsheet takes for a formula."""
    start = text.lstrip()[:1]
    return f"{NEUTRAL}{text}" if start in FORMULA_STARTS else text


_WRITERS: Mapping[str, Callable[[ZoneExport, tuple[ExportLayer, ...], Path], None]] = {
    "gpkg": write_geopackage,
    "geojson": _geojson,
    "kml": write_kml,
    "csv": _csv,
}
FORMS = tuple(_WRITERS)
"""Forms of file, as `--format` names them."""
