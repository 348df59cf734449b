"""Directions of orders in force that name an office, and what was reported on them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from zoning.access import Action, Role
from zoning.errors import AccessError, InputError
from zoning.i18n.catalogue import tr
from zoning.orders.action_by import names_role
from zoning.orders.paper import Direction
from zoning.places.hierarchy import units_below
from zoning.store.engine import Store
from zoning.store.order_said import orders_touching, said_by
from zoning.store.orders import OrderRecord, list_orders, stands
from zoning.store.task_reports import TaskReport, add_report, newest_reports
from zoning.workflow.actor import Who, require, standing_of
from zoning.workflow.area_state import AreaState
from zoning.workflow.kind_rights import CONTAINMENT
from zoning.workflow.places import units_in_force


@dataclass(frozen=True)
class Task:
    """A direction for somebody, and the newest report on it; None where there is none.

    Attributes
    ----------
    order_id, position : int
        The order, and the place of the direction in it, from 0.
    number : str
        Of the order.
    direction : Direction
        What is to be done.
    report : TaskReport or None
        The newest for this area.
    is_overdue : bool
        Whether its time is over and it isn't done.
    """

    order_id: int
    position: int
    number: str
    direction: Direction
    report: TaskReport | None
    is_overdue: bool

    @property
    def is_done(self) -> bool:
        """Return whether it was reported done."""
        return self.report is not None and self.report.is_done


def area_tasks(
    session: Session, state: AreaState, area_unit_id: str, level: str, who: Who, at: datetime
) -> tuple[Task, ...]:
    """Return the directions in force in an area that name somebody's office.

    What is overdue comes first, then what is to be done, the soonest first, then what is done.
    """
    reports = newest_reports(session, list(state.said), area_unit_id, at)
    numbers = {record.order_id: record.order.number for record in state.orders}
    found = []
    for order_id, said in state.said.items():
        for position, direction in enumerate(said.directions):
            if not is_for(direction, who, level):
                continue
            report = reports.get((order_id, position))
            is_done = report is not None and report.is_done
            is_late = direction.by_when is not None and direction.by_when < at and not is_done
            found.append(Task(order_id, position, numbers[order_id], direction, report, is_late))
    return tuple(sorted(found, key=_urgency))


def _urgency(task: Task) -> tuple[bool, bool, float, str, int]:
    by_when = task.direction.by_when
    when = float("inf") if by_when is None else by_when.timestamp()
    return task.is_done, not task.is_overdue, when, task.number, task.position


def is_for(direction: Direction, who: Who, level: str) -> bool:
    """Return whether a direction names somebody's office; to who has every part all are shown."""
    roles = standing_of(who).roles
    return Role.LOCAL in roles or any(
        names_role(direction.action_by, role.value, level) for role in roles
    )


def report_task(
    store: Store,
    area_unit_id: str,
    number: str,
    position: int,
    at: datetime,
    who: Who,
    *,
    is_done: bool,
    note: str = "",
) -> None:
    """Report how far a direction is done in an area.

    Parameters
    ----------
    store : Store
        The database.
    area_unit_id : str
        The area.
    number : str
        Of the order.
    position : int
        Place of the direction in it, from 0.
    at : datetime
        The present, UTC.
    who : str or Actor
        By whom.
    is_done : bool
        Whether it is done.
    note : str
        What was done; where it isn't done, what stands in the way, and never empty.

    Raises
    ------
    AccessError
        If it isn't theirs to report in that area, or the direction names another office.
    InputError
        If no order in force there has such a direction, or nothing is said of what isn't done.
    """
    by = require(who, Action.REPORT_TASK, area_unit_id, CONTAINMENT)
    if not is_done and not note.strip():
        raise InputError(tr("Say what stands in the way."))
    with store.transaction() as session:
        record, level = _in_force_there(session, area_unit_id, number, at)
        said = None if record is None else said_by(session, [record.order_id]).get(record.order_id)
        if record is None or said is None or not 0 <= position < len(said.directions):
            raise InputError(
                tr(
                    "No order {number} with a direction {n} is in force in {area}.",
                    number=number,
                    n=position + 1,
                    area=area_unit_id,
                )
            )
        if not is_for(said.directions[position], who, level):
            raise AccessError(
                tr(
                    "Direction {n} of {number} names {office}, so it is theirs to report.",
                    n=position + 1,
                    number=number,
                    office=said.directions[position].action_by,
                )
            )
        report = TaskReport(record.order_id, position, area_unit_id, is_done, note.strip(), at, by)
        add_report(session, report)


def _in_force_there(
    session: Session, area_unit_id: str, number: str, at: datetime
) -> tuple[OrderRecord | None, str]:
    present = units_in_force(session, at)
    if present is None:
        return None, ""
    units = present[1]
    area = units_below(area_unit_id, units)
    level = dict(zip(units.unit_id.tolist(), units.level.astype(str).tolist(), strict=True))
    touching = orders_touching(session, area)
    for record in list_orders(session):
        if record.order.number == number and record.order_id in touching and stands(record, at):
            return record, level.get(area_unit_id, "")
    return None, ""
