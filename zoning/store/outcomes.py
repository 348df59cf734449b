"""Outcomes told after their cases: in as whole columns, out as known at a moment."""

from __future__ import annotations

from datetime import datetime

import numpy as np
from sqlalchemy.orm import Session

from zoning.model import OUTCOME_CODES, Coded, Ints, Outcomes
from zoning.store.cells import outcome_codes, texts
from zoning.store.columns import insert_columns, read_columns
from zoning.store.imports import ImportKind, visible_imports
from zoning.store.tables import OutcomeRow

_OUTCOMES = np.array([name for name in OUTCOME_CODES if name], dtype=object)


def insert_outcomes(session: Session, import_id: int, outcomes: Outcomes) -> None:
    """Write the outcomes of an import; `row` is unique in it."""
    insert_columns(
        session,
        OutcomeRow,
        {
            "import_id": import_id,
            "row": outcomes.row,
            "case_id": outcomes.case_id,
            "outcome": Coded(outcomes.outcome.astype(np.int32) - 1, _OUTCOMES),
            "outcome_on": outcomes.outcome_on,
        },
    )


def read_outcomes(session: Session, known_at: datetime) -> tuple[Outcomes, Ints]:
    """Return the outcomes known at a moment, by import and row, and the import of each."""
    import_ids = visible_imports(session, ImportKind.OUTCOMES, known_at)
    read = read_columns(
        session,
        OutcomeRow,
        ("import_id", "row", "case_id", "outcome", "outcome_on"),
        OutcomeRow.import_id.in_(import_ids),
        ("import_id", "row"),
    )
    outcomes = Outcomes(
        row=read["row"],
        case_id=texts(read["case_id"]),
        outcome=outcome_codes(read["outcome"]),
        outcome_on=read["outcome_on"],
    )
    return outcomes, read["import_id"]
