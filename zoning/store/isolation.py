"""Isolation units: parts of booths that are cordoned alone, by a cited authority."""

from __future__ import annotations

from datetime import datetime

import numpy as np
from sqlalchemy.orm import Session

from zoning.model import IsolationUnits
from zoning.store.cells import texts
from zoning.store.columns import insert_columns, read_columns
from zoning.store.imports import ImportKind, visible_imports
from zoning.store.tables import IsolationRow

_TEXTS = ("isolation_id", "booth_id", "authority")
_OTHERS = ("row", "from_on", "to_on", "geometry")


def insert_isolation(session: Session, import_id: int, units: IsolationUnits) -> None:
    """Write the isolation units of an import; `row` is unique in it."""
    columns = {name: getattr(units, name) for name in (*_TEXTS, *_OTHERS)}
    insert_columns(session, IsolationRow, columns | {"import_id": import_id})


def read_isolation(session: Session, known_at: datetime) -> IsolationUnits:
    """Return the isolation units known at a moment; one told again replaces what it was."""
    import_ids = visible_imports(session, ImportKind.ISOLATION, known_at)
    read = read_columns(
        session,
        IsolationRow,
        (*_TEXTS, *_OTHERS),
        IsolationRow.import_id.in_(import_ids),
        ("import_id", "row"),
    )
    told = {name: texts(read[name]) for name in _TEXTS}
    units = IsolationUnits(
        **told,
        row=read["row"],
        from_on=read["from_on"],
        to_on=read["to_on"],
        geometry=read["geometry"],
    )
    last = {isolation_id: at for at, isolation_id in enumerate(units.isolation_id)}
    return units.take(np.array(sorted(last.values()), dtype=np.int32))
