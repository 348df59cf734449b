"""What was decided about places, by whom and when; the decision on a case can be taken back."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from screens.data_notes import done, told
from screens.listing import listing, moment_column
from screens.plain import title
from zoning.i18n.catalogue import tr
from zoning.workflow.data_desk import DataDesk, Decision


def decisions_table(desk: DataDesk) -> None:
    """Draw the decisions, the newest first."""
    decisions = desk.decisions()
    title(tr("What was decided"))
    if not decisions:
        st.caption(tr("Nothing has been decided yet."))
        return
    listing(
        decisions_frame(decisions),
        name=tr("Decisions about places, the newest first"),
        file_name="decisions.csv",
        key="decisions",
        hidden="at",
        chosen=st.session_state.get("decision"),
        on_choice=lambda at: st.session_state.update(decision=at),
        config={tr("When (IST)"): moment_column()},
    )
    at = st.session_state.get("decision")
    if at is None or at >= len(decisions):
        return
    decision = decisions[at]
    if decision.import_id is None or not decision.unit_id:
        return
    if st.button(tr("Put this case back into the queue"), key="decision-back"):

        def back() -> bool:
            reason = tr("taken back")
            desk.decide_case(decision.import_id, decision.row, "", reason)
            return True

        if told(back):
            st.session_state["decision"] = None
            done(
                tr(
                    "Row {row} of import {id} waits again.",
                    row=decision.row,
                    id=decision.import_id,
                )
            )


def _about(decision: Decision) -> str:
    if decision.import_id is None:
        return tr("“{text}”", text=decision.text)
    return tr("row {row} of import {id}", row=decision.row, id=decision.import_id)


def _said(decision: Decision) -> str:
    if decision.unit_id:
        return decision.unit_id
    if decision.import_id is None:
        return tr("names no unit of ours")
    return tr("waits again")


def decisions_frame(decisions: tuple[Decision, ...]) -> pd.DataFrame:
    """Return one row a decision, the newest first."""
    return pd.DataFrame(
        {
            "at": range(len(decisions)),
            tr("About"): [_about(d) for d in decisions],
            tr("Unit"): [_said(d) for d in decisions],
            tr("On what it rests"): [d.reason for d in decisions],
            tr("When (IST)"): pd.to_datetime([d.decided_at for d in decisions], utc=True),
            tr("By"): [d.decided_by for d in decisions],
        }
    )
