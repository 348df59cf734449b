"""Bring a file in: its kind, its columns, what becomes of its rows, and then the import."""

from __future__ import annotations

from dataclasses import asdict, replace

import streamlit as st

from screens.data_address import choose, chosen
from screens.data_notes import told
from screens.data_words import KINDS, kind_hint, kind_word
from screens.import_columns import columns_chosen, forms_chosen
from screens.import_options import options
from screens.import_preview import preview_table
from screens.import_progress import ProgressBar
from screens.import_questions import ask_encoding, questions
from screens.import_result import MAP, Checked, result
from screens.import_take import CHECKED, ROUND, UPLOAD, forget, say_interrupted, take_in
from screens.marked_map import jump_to
from screens.plain import plain, say, title
from zoning.i18n.catalogue import tr, tr_n
from zoning.i18n.forms import moment, number
from zoning.workflow.data_desk import DataDesk
from zoning.workflow.drafts import chosen_mapping
from zoning.workflow.intake import Intake, Plan, Proposal
from zoning.workflow.uploads import Upload


def panel(desk: DataDesk) -> None:
    """Draw the way in for a file."""
    say_interrupted()
    kind = _kind(desk)
    if kind is None:
        return
    upload = _uploaded(desk.intake)
    if upload is None:
        say(kind_hint(kind))
        return
    _with_file(desk, upload, kind)


def _kind(desk: DataDesk) -> str | None:
    """Return what the file brings, of what this person may bring in; None where that is nothing."""
    kinds = [kind for kind in KINDS if kind in desk.kinds]
    wanted = chosen("kind")
    if wanted in KINDS and wanted not in kinds:
        told(lambda: desk.need_kind(wanted))
    if not kinds:
        st.warning(tr("No kind of file is yours to bring in."))
        return None
    kind = st.segmented_control(
        tr("The file brings"),
        kinds,
        default=wanted if wanted in kinds else kinds[0],
        format_func=kind_word,
        required=True,
        key="upload-kind",
        on_change=lambda: choose(kind=st.session_state["upload-kind"]),
    )
    return str(kind)


def _uploaded(intake: Intake) -> Upload | None:
    """Return the file handed over, kept for as long as it is worked on."""
    round_ = st.session_state.setdefault(ROUND, 0)
    largest = st.get_option("server.maxUploadSize")
    given = st.file_uploader(
        tr(
            "File: CSV, XLSX or Parquet; for areas also GeoJSON, GeoPackage, a zipped shapefile or "
            "any other map file. At most {n} MB.",
            n=largest,
        ),
        key=f"upload-{round_}",
    )
    held: tuple[str, Upload] | None = st.session_state.get(UPLOAD)
    if given is None:
        forget(intake)
        return None
    if held is not None and held[0] == given.file_id:
        return held[1]
    forget(intake)
    upload = told(lambda: intake.receive(given.name, given.getvalue()))
    if upload is not None:
        st.session_state[UPLOAD] = (given.file_id, upload)
    return upload


def _with_file(desk: DataDesk, upload: Upload, kind: str) -> None:
    intake = desk.intake
    anew = st.session_state.get("upload-anew") == upload.content_hash
    prefix = f"{upload.content_hash[:12]}-{kind}-{anew}"
    with st.spinner(tr("Looking at the file…")):
        proposal = told(
            lambda: _proposal(
                upload.content_hash,
                kind,
                ask_encoding(prefix),
                anew,
                desk.version(),
                intake,
                upload,
            )
        )
    if proposal is None:
        return
    _say_whence(upload, proposal)
    answers = questions(intake, upload, kind, proposal, prefix)
    title(tr("Columns"))
    answers.columns |= columns_chosen(kind, proposal, answers.asked, prefix)
    named = Plan(kind, chosen_mapping(proposal.draft, proposal.names, answers.choices()))
    forms_chosen(intake, upload, named, proposal, answers, prefix)
    said = options(desk, kind, prefix, may_draw=intake.may_draw(upload, kind))
    mapping = chosen_mapping(proposal.draft, proposal.names, answers.choices())
    if said.expected:
        mapping = replace(mapping, expected={"unit_id": said.expected})
    facts = {name: value for name, value in asdict(said).items() if name != "expected"}
    plan = Plan(kind=kind, mapping=mapping, **facts)
    title(tr("The first rows"))
    is_readable = preview_table(
        intake, upload, plan, desk.version(), has_questions=answers.open > 0
    )
    _check(intake, upload, plan, is_readable=is_readable)
    checked: Checked | None = st.session_state.get(CHECKED)
    if checked is None:
        return
    is_old = checked.of != _named(upload, plan)
    result(checked, upload.name, is_old=is_old)
    take_in(desk, upload, plan, proposal, checked, n_open=answers.open, is_old=is_old)


@st.cache_resource(max_entries=16, show_spinner=False)
def _proposal(
    content_hash: str,
    kind: str,
    encoding: str,
    anew: bool,
    version: int,
    _intake: Intake,
    _upload: Upload,
) -> Proposal:
    return _intake.propose(_upload, kind, encoding, is_anew=anew)


def _say_whence(upload: Upload, proposal: Proposal) -> None:
    if proposal.saved is not None:
        saved = proposal.saved
        with st.container(horizontal=True, vertical_alignment="center"):
            st.info(
                plain(
                    tr(
                        "A file with these columns was read before as “{name}” ({who}, {when}): "
                        "it is read the same way.",
                        name=saved.name,
                        who=saved.saved_by,
                        when=moment(saved.saved_at),
                    )
                )
            )
            if st.button(tr("Guess anew"), key="upload-guess"):
                st.session_state["upload-anew"] = upload.content_hash
                st.rerun()
        return
    assert proposal.guess is not None
    say(
        tr_n(
            "{name}: guessed from {rows} row; nothing is applied before you take it in.",
            "{name}: guessed from {rows} rows; nothing is applied before you take it in.",
            proposal.guess.n_rows,
            name=upload.name,
            rows=number(proposal.guess.n_rows),
        )
    )
    for note in proposal.guess.notes:
        say(note.message, "sm-quiet")


def _named(upload: Upload, plan: Plan) -> str:
    return f"{upload.content_hash} {plan!r}"


def _check(intake: Intake, upload: Upload, plan: Plan, *, is_readable: bool) -> None:
    asked = st.button(
        tr("Check: what would become of every row"),
        key="upload-check",
        disabled=not is_readable,
        icon=":material/fact_check:",
    )
    # What is shown for a while has a place of its own: the map below would be built anew if
    # everything after it moved up.
    box = st.container()
    if not asked:
        return
    with box:
        bar = ProgressBar(phases=1)
        account = told(lambda: intake.check(upload, plan, bar))
        bar.close()
        if account is None:
            st.session_state.pop(CHECKED, None)
            return
        with st.spinner(tr("Placing the findings on the map…")):
            found = intake.marks(upload, plan, account)
            rejects = intake.rejected_rows(upload, plan, account) if account.rejected else b""
    jump_to(MAP, None)
    st.session_state[CHECKED] = Checked(_named(upload, plan), account, found, rejects)
