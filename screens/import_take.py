"""Take a checked file in: what hinders it, the import with its bar, and what is said after it."""

from __future__ import annotations

import streamlit as st

from screens.data_address import choose
from screens.data_notes import done, told
from screens.import_progress import ProgressBar
from screens.import_result import Checked
from screens.plain import plain, title
from zoning.i18n.catalogue import tr, tr_n
from zoning.i18n.forms import number
from zoning.workflow.data_desk import DataDesk
from zoning.workflow.intake import Intake, Plan, Proposal
from zoning.workflow.taking import Phase
from zoning.workflow.uploads import Upload

UPLOAD, ROUND, CHECKED, TAKING = "upload", "upload_round", "upload_checked", "upload_taking"


def forget(intake: Intake) -> None:
    """Remove the file that was worked on, and what was found out about it."""
    held = st.session_state.pop(UPLOAD, None)
    st.session_state.pop(CHECKED, None)
    if held is not None:
        intake.drop(held[1])


def take_in(
    desk: DataDesk,
    upload: Upload,
    plan: Plan,
    proposal: Proposal,
    checked: Checked,
    *,
    n_open: int,
    is_old: bool,
) -> None:
    """Draw the last step: the name under which it is remembered, what hinders, the import."""
    title(tr("Take it in"))
    save_as = st.text_input(
        tr("Remember how it is read, as"),
        value=upload.name.rpartition(".")[0] or upload.name,
        help=tr("The next file with these columns is read the same way. Empty: don't remember."),
        key=f"{upload.content_hash[:12]}-save-as",
        disabled=proposal.saved is not None,
    )
    hindrance = ""
    if n_open:
        hindrance = tr_n(
            "{n} question above has no answer yet.",
            "{n} questions above have no answer yet.",
            n_open,
        )
    elif is_old:
        hindrance = tr("You changed something since the check: check again first.")
    elif not checked.account.taken:
        hindrance = tr("None of its rows can be taken in.")
    if hindrance:
        st.warning(hindrance)
    if st.button(
        tr_n(
            "Take in {rows} row",
            "Take in {rows} rows",
            checked.account.taken,
            rows=number(checked.account.taken),
        ),
        key="upload-take",
        type="primary",
        disabled=bool(hindrance),
    ):
        _import(desk, upload, plan, "" if proposal.saved is not None else save_as)


def _import(desk: DataDesk, upload: Upload, plan: Plan, save_as: str) -> None:
    st.session_state[TAKING] = upload.name
    bar = ProgressBar(phases=len(Phase))
    account = told(lambda: desk.intake.take_in(upload, plan, save_as, bar))
    bar.close()
    del st.session_state[TAKING]
    if account is None:
        return
    newest = desk.imports()[0].import_id
    forget(desk.intake)
    st.session_state[ROUND] += 1
    choose(tab="imports", kind=None, **{"import": newest})
    done(
        tr_n(
            "{file} is taken in: {taken} of {read} row.",
            "{file} is taken in: {taken} of {read} rows.",
            account.read,
            file=upload.name,
            taken=number(account.taken),
            read=number(account.read),
        )
    )


def say_interrupted() -> None:
    """Tell of an import that a click elsewhere has ended: its transaction was rolled back."""
    name = st.session_state.pop(TAKING, None)
    if name is not None:
        st.warning(
            plain(
                tr(
                    "Taking in {file} was interrupted and nothing of it was written: take it in "
                    "again, and leave the page alone until it is done.",
                    file=name,
                )
            )
        )
