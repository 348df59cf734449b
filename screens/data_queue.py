"""The queue: cases that no unit holds, by what they say of their place, and what is decided."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from screens.data_address import choose, chosen
from screens.data_decisions import decisions_table
from screens.data_notes import done, told
from screens.listing import listing, number_column
from screens.plain import say, title
from zoning.i18n.catalogue import tr, tr_n
from zoning.i18n.forms import day, number
from zoning.places.resemblance import Candidate, doubt_label
from zoning.workflow.counting import unlocated_message
from zoning.workflow.data_desk import DataDesk
from zoning.workflow.queue import Waiting, WaitingRow

NONE_OF_OURS, ANOTHER = "none", "another"
ANSWER_PX = 420


def panel(desk: DataDesk) -> None:
    """Draw what waits for a place, and the one group that is chosen."""
    version = desk.version()
    with st.spinner(tr("Looking for units that the texts may mean…")):
        groups = _waiting(desk.store.where, version, desk.who, desk)
    if not groups:
        st.success(tr("No case waits for a place."))
    else:
        _groups(desk, groups)
    decisions_table(desk)


@st.cache_resource(max_entries=4, show_spinner=False)
def _waiting(where: str, version: int, who: str, _desk: DataDesk) -> tuple[Waiting, ...]:
    return _desk.waiting()


def _key(group: Waiting) -> str:
    return f"{group.reason}:{group.text}"


def _groups(desk: DataDesk, groups: tuple[Waiting, ...]) -> None:
    at = chosen("group")
    listing(
        queue_frame(groups),
        name=tr("Texts without a unit, the most cases first"),
        file_name="queue.csv",
        key="queue",
        by=tr("Why it has no unit"),
        hidden="group",
        chosen=at,
        on_choice=lambda key: choose(group=key),
        config={tr("Cases"): number_column(), tr("Alike"): number_column()},
    )
    group = next((g for g in groups if _key(g) == at), None)
    if group is not None:
        _details(desk, group)
    else:
        st.caption(tr("Choose a row to say which unit is meant; nothing leaves by itself."))


def queue_frame(groups: tuple[Waiting, ...]) -> pd.DataFrame:
    """Return one row a text, without anything that names a person."""
    best = [g.candidates[0] if g.candidates else None for g in groups]
    return pd.DataFrame(
        {
            "group": [_key(g) for g in groups],
            tr("Cases"): [g.cases for g in groups],
            tr("What they say"): [g.text or tr("(nothing)") for g in groups],
            tr("Why it has no unit"): [unlocated_message(g.reason) for g in groups],
            tr("May be"): [_unit(c) if c else "" for c in best],
            tr("Alike"): pd.array([round(c.score) if c else None for c in best], dtype="Int64"),
            tr("But"): [_doubts(c) if c else "" for c in best],
        }
    )


def _unit(candidate: Candidate) -> str:
    return tr("{name} ({code})", name=candidate.name, code=candidate.unit_id)


def _doubts(candidate: Candidate) -> str:
    return "; ".join(doubt_label(doubt) for doubt in candidate.doubts)


def _details(desk: DataDesk, group: Waiting) -> None:
    with st.container(border=True, key="queue-details"):
        title(group.text or tr("Rows that say nothing of their place"))
        say(
            tr_n(
                "{cases} case: {reason}.",
                "{cases} cases: {reason}.",
                group.cases,
                cases=number(group.cases),
                reason=unlocated_message(group.reason),
            )
        )
        names = desk.unit_names()
        if group.text:
            _decide_text(desk, group, names)
        _decide_rows(desk, group, names)


def _decide_text(desk: DataDesk, group: Waiting, names: dict[str, str]) -> None:
    candidates = {c.unit_id: c for c in group.candidates}

    def word(option: str) -> str:
        if option == NONE_OF_OURS:
            return tr("It names no unit of ours")
        if option == ANOTHER:
            return tr("Another unit")
        found = candidates[option]
        alike = tr("{unit}, {score} of 100 alike", unit=_unit(found), score=round(found.score))
        return f"{alike} – {_doubts(found)}" if found.doubts else alike

    answer = st.selectbox(
        tr("For all cases that say so, now and later, it names"),
        [*candidates, ANOTHER, NONE_OF_OURS],
        index=None,
        format_func=word,
        placeholder=tr("Choose"),
        key=f"queue-answer-{_key(group)}",
        width=ANSWER_PX,
    )
    unit_id = answer
    if answer == ANOTHER:
        unit_id = _any_unit(names, f"queue-unit-{_key(group)}")
    elif answer == NONE_OF_OURS:
        unit_id = ""
    if st.button(tr("Remember it"), key="queue-remember", type="primary", disabled=unit_id is None):

        def decide() -> bool:
            desk.decide_text(group.text, unit_id)
            return True

        if told(decide):
            choose(group=None)
            sentence = (
                tr("“{text}” names {unit} from now on.", text=group.text, unit=unit_id)
                if unit_id
                else tr("“{text}” names no unit of ours.", text=group.text)
            )
            done(sentence)


def _any_unit(names: dict[str, str], key: str) -> str | None:
    return st.selectbox(
        tr("Unit"),
        list(names),
        index=None,
        format_func=lambda code: tr("{name} ({code})", name=names[code], code=code),
        placeholder=tr("Search a unit by name or code"),
        key=key,
        width=ANSWER_PX,
    )


def _row_word(row: WaitingRow) -> str:
    on = row.confirmed_on.astype("datetime64[D]").item()
    return tr_n(
        "Import {import_id}, row {row}: {cases} case of {day}",
        "Import {import_id}, row {row}: {cases} cases of {day}",
        row.cases,
        import_id=row.import_id,
        row=row.row,
        cases=number(row.cases),
        day=tr("no day") if on is None else day(on),
    )


def _decide_rows(desk: DataDesk, group: Waiting, names: dict[str, str]) -> None:
    with st.expander(tr("Or put a single case in its unit"), expanded=not group.text):
        row = st.selectbox(
            tr("Case"),
            group.rows,
            index=None,
            format_func=_row_word,
            placeholder=tr("Choose by import and row"),
            key=f"queue-row-{_key(group)}",
            width=ANSWER_PX,
        )
        unit_id = _any_unit(names, f"queue-row-unit-{_key(group)}")
        reason = st.text_input(
            tr("On what it rests"),
            placeholder=tr("for instance: telephoned the ward office"),
            help=tr("No name of a person: this stays in the audit."),
            key=f"queue-reason-{_key(group)}",
            width=ANSWER_PX,
        )
        if st.button(tr("Put it there"), key="queue-put", disabled=row is None or unit_id is None):

            def put() -> bool:
                desk.decide_case(row.import_id, row.row, unit_id, reason.strip())
                return True

            if told(put):
                done(tr("Row {row} of import {id} is placed.", row=row.row, id=row.import_id))
