"""What a file of units or booths holds, before its columns are understood."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from zoning.model import Finding, Geometries
from zoning.readers.tables import Sheet


@dataclass(frozen=True)
class ShapeFile:
    """Columns, and shapes if the file has any.

    Attributes
    ----------
    sheet : Sheet
        Columns; rows that can't be read are findings of it and not in its table.
    geometry : Geometries or None
        A shape for each row of the table, of any kind, in `crs`; None where the file has none.
    crs : str
        System the file claims; empty where it claims none.
    is_crs_told : bool
        Whether the file names it, rather than its format standing for it.
    """

    sheet: Sheet
    geometry: Geometries | None = None
    crs: str = ""
    is_crs_told: bool = True

    @property
    def table(self) -> pa.Table:
        """Return the columns."""
        return self.sheet.table


def shape_file(
    table: pa.Table,
    geometry: Geometries | None,
    crs: str,
    findings: tuple[Finding, ...],
    is_crs_told: bool = True,
) -> ShapeFile:
    """Return what a file holds without the rows that are refused already.

    Parameters
    ----------
    table : pa.Table
        All its rows, shape (n,).
    geometry : Geometries or None
        Their shapes.
    crs : str
        Their system.
    findings : tuple of Finding
        What was found so far, rows counted from 1.
    is_crs_told : bool
        Whether the file names the system.
    """
    refused = {finding.row for finding in findings if finding.rejects}
    if not refused:
        return ShapeFile(Sheet(1, table, findings), geometry, crs, is_crs_told)
    left = np.array([row for row in range(1, table.num_rows + 1) if row not in refused], dtype=int)
    return ShapeFile(
        Sheet(1, table.take(left - 1), findings, left),
        None if geometry is None else geometry[left - 1],
        crs,
        is_crs_told,
    )
