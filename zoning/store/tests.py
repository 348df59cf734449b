"""Samples tested: in as whole columns, out as they were known at a moment."""

from __future__ import annotations

from datetime import datetime

import numpy as np
import pandas as pd
from sqlalchemy.orm import Session

from zoning.model import Coded, Tests
from zoning.store.cells import coded
from zoning.store.columns import insert_columns, read_columns
from zoning.store.imports import ImportKind, visible_imports
from zoning.store.tables import TestsRow


def insert_tests(session: Session, import_id: int, tests: Tests) -> None:
    """Write the test rows of an import; `row` is unique in it."""
    insert_columns(
        session,
        TestsRow,
        {
            "import_id": import_id,
            "row": tests.row,
            "unit_id": tests.unit_id,
            "tested_on": tests.on,
            "tests": tests.tests,
            "positives": tests.positives,
        },
    )


def read_tests(session: Session, known_at: datetime) -> Tests:
    """Read the tests known at a moment, by import and row.

    A row is the total of its unit and day, so where a later import speaks of
    the same unit and day again, it corrects the earlier one.
    """
    import_ids = visible_imports(session, ImportKind.TESTS, known_at)
    names = ("import_id", "row", "unit_id", "tested_on", "tests", "positives")
    read = read_columns(
        session, TestsRow, names, TestsRow.import_id.in_(import_ids), ("import_id", "row")
    )
    if len(import_ids) > 1:
        keys = pd.DataFrame({name: read[name] for name in ("unit_id", "tested_on", "import_id")})
        newest = keys.groupby(["unit_id", "tested_on"], dropna=False)["import_id"]
        is_latest = np.asarray(newest.transform("max") == keys["import_id"])
        read = {name: values[is_latest] for name, values in read.items()}
    nowhere = Coded(np.full(len(read["row"]), -1, dtype=np.int32), np.array([], dtype=object))
    return Tests(
        row=read["row"],
        unit_id=coded(read["unit_id"]) or nowhere,
        on=read["tested_on"],
        tests=read["tests"],
        positives=read["positives"],
    )
