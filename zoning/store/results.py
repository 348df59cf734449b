"""What rules said: a run for each application, a row for each unit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from zoning.errors import StoreError
from zoning.i18n.catalogue import tr
from zoning.model import Classification
from zoning.store import audit
from zoning.store.cells import texts
from zoning.store.columns import insert_columns, read_columns
from zoning.store.parameters import pack_parameters, unpack_parameters
from zoning.store.tables import RuleResultRow, RuleRunRow

_COLUMNS = (
    *("unit_id", "name", "zone", "zone_worst", "confirmed_total", "active"),
    *("doubling_state", "surge", "last_case_on", "reported_through", "explanation"),
)


@dataclass(frozen=True)
class NewRun:
    """Circumstances of one application of a rule.

    Attributes
    ----------
    edition_id : int
        Boundaries judged.
    known_at : datetime
        Facts imported by then were taken into account.
    at : datetime
        When it was computed.
    who : str
        By whom.
    """

    edition_id: int
    known_at: datetime
    at: datetime
    who: str


@dataclass(frozen=True)
class RunRecord:
    """One stored run, without its units."""

    run_id: int
    rule_id: str
    on_day: date
    known_at: datetime
    edition_id: int
    reported_through: date | None
    computed_at: datetime
    computed_by: str


def save_run(session: Session, classification: Classification, new: NewRun) -> int:
    """Write a classification and return the id of its run."""
    run = RuleRunRow(
        rule_id=classification.rule_id,
        on_day=_as_date(classification.on),
        known_at=new.known_at,
        edition_id=new.edition_id,
        reported_through=_as_date(classification.data_through),
        computed_at=new.at,
        computed_by=new.who,
        parameter_names=list(classification.parameters),
    )
    session.add(run)
    session.flush()
    n = len(classification)
    insert_columns(
        session,
        RuleResultRow,
        {name: getattr(classification, name) for name in _COLUMNS}
        | {
            "run_id": run.id,
            "position": np.arange(n),
            "parameters": pack_parameters(classification.parameters, n),
            "flags": [list(flags) for flags in classification.flags],
        },
    )
    detail = {"rule": run.rule_id, "on": run.on_day.isoformat(), "units": n}
    audit.append(session, audit.AuditEntry(new.at, new.who, "run.save", f"runs/{run.id}", detail))
    return run.id


def load_run(session: Session, run_id: int) -> Classification:
    """Read a classification as it was saved.

    Raises
    ------
    StoreError
        If there is no such run.
    """
    run = _get(session, run_id)
    read = read_columns(
        session,
        RuleResultRow,
        (*_COLUMNS, "parameters", "flags"),
        RuleResultRow.run_id == run_id,
        ("position",),
    )
    packed: list[Mapping[str, Any]] = read["parameters"].tolist()
    return Classification(
        rule_id=run.rule_id,
        on=np.datetime64(run.on_day, "D"),
        reported_through=read["reported_through"],
        unit_id=read["unit_id"],
        name=texts(read["name"]),
        zone=read["zone"],
        zone_worst=read["zone_worst"],
        confirmed_total=read["confirmed_total"],
        active=read["active"],
        parameters=unpack_parameters(run.parameter_names, packed),
        doubling_state=read["doubling_state"],
        surge=read["surge"],
        last_case_on=read["last_case_on"],
        flags=tuple(tuple(flags) for flags in read["flags"]),
        explanation=texts(read["explanation"]),
    )


def list_runs(session: Session, limit: int = 100) -> tuple[RunRecord, ...]:
    """Return the newest runs, newest first."""
    rows = session.scalars(select(RuleRunRow).order_by(RuleRunRow.id.desc()).limit(limit))
    return tuple(_record(row) for row in rows)


def get_run(session: Session, run_id: int) -> RunRecord:
    """Return the circumstances of a run.

    Raises
    ------
    StoreError
        If there is no such run.
    """
    return _record(_get(session, run_id))


def _get(session: Session, run_id: int) -> RuleRunRow:
    run = session.get(RuleRunRow, run_id)
    if run is None:
        raise StoreError(tr("There is no run {id}: “zoning propose” makes one.", id=run_id))
    return run


def _record(run: RuleRunRow) -> RunRecord:
    return RunRecord(
        run.id,
        run.rule_id,
        run.on_day,
        run.known_at,
        run.edition_id,
        run.reported_through,
        run.computed_at,
        run.computed_by,
    )


def _as_date(day: np.datetime64) -> Any:
    """Return a day as the database takes it; NaT as None."""
    return day.astype("datetime64[D]").item()
