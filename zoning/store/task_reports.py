"""How far the directions of orders are done, area by area; reports are added, never changed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from zoning.store import audit
from zoning.store.tables import TaskReportRow


@dataclass(frozen=True)
class TaskReport:
    """What was reported on one direction of an order, for one area.

    Attributes
    ----------
    order_id, position : int
        The order, and the place of the direction in it, from 0.
    area_unit_id : str
        For which area; another area's officer has the same direction to do there.
    is_done : bool
        Whether it is done.
    note : str
        What was done, or what stands in the way; may be empty.
    at : datetime
        When it was reported.
    by : str
        By whom.
    """

    order_id: int
    position: int
    area_unit_id: str
    is_done: bool
    note: str
    at: datetime
    by: str


def add_report(session: Session, report: TaskReport) -> None:
    """Write a report, with its entry in the audit."""
    row = TaskReportRow(
        order_id=report.order_id,
        position=report.position,
        area_unit_id=report.area_unit_id,
        is_done=report.is_done,
        note=report.note,
        at=report.at,
        by=report.by,
    )
    session.add(row)
    session.flush()
    detail = {
        "position": report.position,
        "area": report.area_unit_id,
        "done": report.is_done,
        "report": row.id,
    }
    subject = f"orders/{report.order_id}"
    audit.append(session, audit.AuditEntry(report.at, report.by, "task.report", subject, detail))


def newest_reports(
    session: Session, order_ids: Collection[int], area_unit_id: str, known_at: datetime
) -> dict[tuple[int, int], TaskReport]:
    """Return the newest report on each direction for an area, by order and place."""
    query = (
        select(TaskReportRow)
        .where(
            TaskReportRow.order_id.in_(order_ids),
            TaskReportRow.area_unit_id == area_unit_id,
            TaskReportRow.at <= known_at,
        )
        .order_by(TaskReportRow.at, TaskReportRow.id)
    )
    return {
        (row.order_id, row.position): TaskReport(
            row.order_id,
            row.position,
            row.area_unit_id or "",
            row.is_done,
            row.note,
            row.at,
            row.by,
        )
        for row in session.scalars(query)
    }
