"""The tasks of an area's officer: directions of orders in force, reported done or not."""

from __future__ import annotations

from html import escape

import streamlit as st

from screens.area_words import task_due, task_state
from screens.data_notes import ask, dialog, done, leave, told
from screens.plain import say
from zoning.access import Action, allowed
from zoning.i18n.catalogue import tr, tr_n
from zoning.i18n.forms import moment
from zoning.workflow.actor import standing_of
from zoning.workflow.area_desk import AreaDesk, AreaSeen
from zoning.workflow.area_tasks import Task
from zoning.workflow.kind_rights import CONTAINMENT


def tasks(desk: AreaDesk, seen: AreaSeen) -> None:
    """Draw what names this person's office, with what was reported."""
    st.html(f'<h2 class="sm-part" id="area-tasks">{escape(tr("Action by you"))}</h2>')
    if not seen.tasks:
        say(
            tr_n(
                "No direction in force here names your office ({n} names others).",
                "No direction in force here names your office ({n} name others).",
                seen.n_directions,
            )
            if seen.n_directions
            else tr("No order in force here gives a direction."),
            "sm-quiet",
        )
        return
    may = allowed(standing_of(desk.who), Action.REPORT_TASK, seen.unit_id, CONTAINMENT)
    for task in seen.tasks:
        _task(task, may=may)
    if not may:
        st.caption(tr("Your role may not report on directions here."))
    for task in seen.tasks:
        for is_done, words in ((True, tr("Report it done")), (False, tr("Report it not done"))):
            dialog(_question(task, is_done=is_done), words, _report, desk, seen, task, is_done)


def _question(task: Task, *, is_done: bool) -> str:
    return f"task-{task.order_id}-{task.position}-{'done' if is_done else 'open'}"


def _task(task: Task, *, may: bool) -> None:
    key = f"{task.order_id}-{task.position}"
    report = task.report
    said = ""
    if report is not None:
        words = tr(
            "{when}, {who}: {note}",
            when=moment(report.at),
            who=report.by,
            note=report.note or tr("no note"),
        )
        said = f'<p class="sm-quiet">{escape(words)}</p>'
    with st.container(border=True, key=f"area-task-{key}"):
        st.html(
            f'<div class="sm-task"><b>{escape(task_state(task))}</b> '
            f"<p>{escape(task.direction.text)}</p>"
            f'<p class="sm-quiet">{escape(task_due(task))} · '
            f"{escape(task.direction.action_by)}</p>{said}</div>"
        )
        if not may or task.is_done:
            return
        with st.container(horizontal=True, key=f"area-answer-{key}"):
            for is_done, words in ((True, tr("Done")), (False, tr("Not done"))):
                question = _question(task, is_done=is_done)
                st.button(
                    words,
                    key=question,
                    type="primary" if is_done else "secondary",
                    on_click=ask,
                    args=(question,),
                    width="stretch",
                )


def _report(desk: AreaDesk, seen: AreaSeen, task: Task, is_done: bool) -> None:
    say(task.direction.text)
    with st.form("task", border=False):
        note = st.text_area(
            tr("What was done") if is_done else tr("What stands in the way"), key="task-note"
        )
        is_sent = st.form_submit_button(
            tr("Report it"), type="primary", key="task-send", width="stretch"
        )
    st.button(tr("Cancel"), on_click=leave, key="task-cancel", width="stretch")
    if not is_sent:
        return

    def send() -> bool:
        desk.report(seen, task, note, is_done=is_done)
        return True

    if told(send):
        done(
            tr("Reported as done: {text}", text=task.direction.text)
            if is_done
            else tr("Reported as not done: {text}", text=task.direction.text)
        )
