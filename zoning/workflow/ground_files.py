"""A ground as bytes: columns without shapes, and shapes apart."""

from __future__ import annotations

import io
import json
from dataclasses import asdict, dataclass

import numpy as np
import pyarrow as pa
import shapely
from pyarrow import ipc

from zoning.model import Bools, Finding, Floats, Geometries, Indices, Texts

_TEXTS = ("booth_id", "name", "unit_id", "provenance")
_NUMBERS = ("unit_index", "sharing", "parent", "population", "is_stand_in")
_FINDINGS = b"findings"


@dataclass(frozen=True)
class GroundTable:
    """Booths and the units that stand in for them, shape (n,) each.

    Attributes
    ----------
    booth_id, name, unit_id, provenance : Texts
        `provenance` is a `booth_areas.Provenance`, empty where a row has no area.
    unit_index, sharing, parent : Indices
        Position of the unit among those judged, -1 for none; number of the area, which
        booths at one point share; row of the booth that an isolation unit is part of, its own
        for any other row.
    population : Floats
        People; NaN where it isn't known.
    is_stand_in : Bools
        Whether the row is a unit without booths.
    findings : tuple of Finding
        What is doubtful about the booths.
    """

    booth_id: Texts
    name: Texts
    unit_id: Texts
    provenance: Texts
    unit_index: Indices
    sharing: Indices
    parent: Indices
    population: Floats
    is_stand_in: Bools
    findings: tuple[Finding, ...]


def pack_table(table: GroundTable) -> bytes:
    """Return a table as bytes."""
    columns = {name: pa.array(getattr(table, name), pa.string()) for name in _TEXTS}
    columns |= {name: pa.array(getattr(table, name), from_pandas=False) for name in _NUMBERS}
    findings = json.dumps([asdict(finding) for finding in table.findings]).encode()
    return _written(pa.table(columns).replace_schema_metadata({_FINDINGS: findings}))


def unpack_table(packed: bytes) -> GroundTable:
    """Return the table of `pack_table`."""
    read = _read(packed)
    texts = {name: read[name].to_numpy(zero_copy_only=False) for name in _TEXTS}
    numbers = {name: read[name].to_numpy(zero_copy_only=False) for name in _NUMBERS}
    findings = json.loads((read.schema.metadata or {})[_FINDINGS])
    return GroundTable(**texts, **numbers, findings=tuple(Finding(**f) for f in findings))


def pack_cells(cells: Geometries) -> bytes:
    """Return areas as bytes."""
    return _written(pa.table({"cell": pa.array(shapely.to_wkb(cells), pa.binary())}))


def unpack_cells(packed: bytes, sharing: Indices) -> Geometries:
    """Return the areas of `pack_cells`, shape (n,); rows that share one get one object."""
    wkb = _read(packed)["cell"].to_numpy(zero_copy_only=False)
    _, first, nth = np.unique(sharing, return_index=True, return_inverse=True)
    cells: Geometries = np.asarray(shapely.from_wkb(wkb[first]), dtype=object)[nth]
    return cells


def _written(table: pa.Table) -> bytes:
    sink = io.BytesIO()
    with ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table)
    return sink.getvalue()


def _read(packed: bytes) -> pa.Table:
    with ipc.open_file(io.BytesIO(packed)) as reader:
        return reader.read_all()
