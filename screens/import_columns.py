"""Which column of the file is which of ours: guessed, and changed by whoever knows better."""

from __future__ import annotations

import streamlit as st

from screens.data_notes import told
from screens.import_questions import NOT_HERE, Answers, column_label
from screens.import_words import column_word, format_word, series_word
from screens.plain import plain
from zoning.i18n.catalogue import tr, tr_n
from zoning.i18n.forms import number
from zoning.workflow.drafts import SERIES, needed_columns, our_columns, usual_formats
from zoning.workflow.intake import DateGuess, Intake, Plan, Proposal
from zoning.workflow.uploads import Upload

PLACES = 3
DAYS = {
    "confirmed_on",
    "outcome_on",
    "on",
    "updated_at",
    "effective_on",
    "review_on",
    "expires_on",
    "last_exposure_on",
    "told_on",
    "taken_on",
    "from_on",
    "to_on",
}


def columns_chosen(
    kind: str, proposal: Proposal, asked: set[str], prefix: str
) -> dict[str, str | None]:
    """Draw a choice for each of our columns that no question is about, and return them."""
    found = proposal.draft.columns
    # Of a group one column is enough; where none is found each of them may be it.
    lacking = (group for group in needed_columns(kind) if not set(group) & found.keys())
    needed = {ours for group in lacking for ours in group}
    ours = [column for column in our_columns(kind) if column not in asked]
    first = [column for column in ours if column in found or column in needed]
    rest = [column for column in ours if column not in first]
    chosen = _grid(kind, first, proposal, prefix)
    if rest:
        label = tr_n("{n} column more, not found", "{n} columns more, not found", len(rest))
        with st.expander(label):
            chosen |= _grid(kind, rest, proposal, prefix)
    return chosen


def forms_chosen(
    intake: Intake, upload: Upload, plan: Plan, proposal: Proposal, answers: Answers, prefix: str
) -> None:
    """Draw how days are written and what the rows are, unless a question is about it."""
    days_place, series_place = st.columns(2)
    if not answers.is_about_dates:
        with days_place:
            _days(intake, upload, plan, proposal, answers, prefix)
    if plan.kind == "cases" and not answers.is_about_series:
        with series_place:
            answers.series = st.selectbox(
                tr("Its rows are"),
                SERIES,
                index=SERIES.index(proposal.draft.series or SERIES[0]),
                format_func=series_word,
                key=f"{prefix}-series",
            )


@st.cache_resource(max_entries=16, show_spinner=False)
def _dates(
    content_hash: str, kind: str, theirs: str, _intake: Intake, _upload: Upload, _plan: Plan
) -> DateGuess:
    return _intake.guess_dates(_upload, _plan, theirs)


def _days(
    intake: Intake,
    upload: Upload,
    plan: Plan,
    proposal: Proposal,
    answers: Answers,
    prefix: str,
) -> None:
    columns = plan.mapping.columns
    theirs = next(
        (columns[ours] for ours in our_columns(plan.kind) if ours in DAYS & set(columns)), None
    )
    if theirs is None:
        return
    dates = None if proposal.guess is None else proposal.guess.dates
    usual = proposal.draft.formats
    if dates is None and proposal.guess is not None:
        # Somebody said which column tells the day: now its cells can be looked at.
        dates = told(lambda: _dates(upload.content_hash, plan.kind, theirs, intake, upload, plan))
        usual = () if dates is None else dates.formats
    reads = {} if dates is None else dates.reads
    examples = {} if dates is None else dates.examples
    chosen = st.multiselect(
        tr("Days are written as"),
        list(dict.fromkeys([*usual, *reads, *usual_formats()])),
        default=list(usual),
        format_func=lambda form: format_word(form, examples.get(form)),
        placeholder=tr("Choose"),
        key=f"{prefix}-formats-{theirs}",
    )
    if dates is not None and dates.is_ambiguous and not chosen:
        st.warning(tr("Does the day or the month stand first? Every text reads both ways: choose."))
        answers.open += 1
    answers.formats = tuple(chosen) or None


def _grid(kind: str, ours: list[str], proposal: Proposal, prefix: str) -> dict[str, str | None]:
    chosen: dict[str, str | None] = {}
    options = [NOT_HERE, *proposal.names]
    guesses = {} if proposal.guess is None else {g.ours: g for g in proposal.guess.columns}
    for start in range(0, len(ours), PLACES):
        places = st.columns(PLACES)
        for place, column in zip(places, ours[start : start + PLACES], strict=False):
            proposed = proposal.draft.columns.get(column)
            with place:
                answer = st.selectbox(
                    column_word(column, kind),
                    options,
                    index=options.index(proposed) if proposed in options else 0,
                    format_func=column_label,
                    key=f"{prefix}-ours-{column}",
                )
                guess = guesses.get(column)
                if guess is not None and answer == guess.theirs:
                    st.caption(
                        plain(
                            tr(
                                "{percent} %: {reason}.",
                                percent=number(100 * guess.confidence),
                                reason=guess.reason,
                            )
                        )
                    )
            chosen[column] = None if answer == NOT_HERE else answer
    return chosen
