"""About how many rows a table has, found far faster than by reading them."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pyarrow as pa

BLOCK_BYTES = 4 * 1024 * 1024


def about_rows(path: Path) -> int:
    """Return about how many rows a table has; 0 where that can't be told.

    A line break inside a cell counts as a row, so a text file may have fewer.
    """
    packed = path.suffix.lower() == ".gz"
    suffix = (Path(path.stem).suffix if packed else path.suffix).lower()
    try:
        match suffix:
            case ".csv" | ".txt" | ".tsv":
                return max(_lines(path) - 1, 0)
            case ".parquet" | ".geoparquet":
                import pyarrow.parquet as pq

                return int(pq.read_metadata(path).num_rows)
            case ".xlsx" | ".xlsm":
                from openpyxl import load_workbook

                book = load_workbook(path, read_only=True)
                return max((book.worksheets[0].max_row or 1) - 1, 0)
    except (OSError, EOFError, KeyError, ValueError, pa.ArrowException, zipfile.BadZipFile):
        # Whoever reads the file says what is wrong with it; its length hinders nobody.
        return 0
    return 0


def _lines(path: Path) -> int:
    lines, last = 0, b"\n"
    with pa.input_stream(str(path)) as stream:
        while block := stream.read(BLOCK_BYTES):
            lines += block.count(b"\n")
            last = block[-1:]
    return lines + (last != b"\n")
