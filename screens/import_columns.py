"""Which column of the file is which of ours: guessed, and changed by whoever knows better."""

from __future__ import annotations

import streamlit as st

from screens.import_questions import NOT_HERE, Answers, column_label
from screens.import_words import column_word, format_word, series_word
from screens.plain import plain
from zoning.i18n.catalogue import tr, tr_n
from zoning.i18n.forms import number
from zoning.workflow.intake import SERIES, Proposal, needed_columns, our_columns, usual_formats

PLACES = 3
DAYS = {"confirmed_on", "outcome_on", "on", "updated_at"}


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
    chosen = _grid(first, proposal, prefix)
    if rest:
        label = tr_n("{n} column more, not found", "{n} columns more, not found", len(rest))
        with st.expander(label):
            chosen |= _grid(rest, proposal, prefix)
    return chosen


def forms_chosen(
    proposal: Proposal, answers: Answers, kind: str, prefix: str
) -> tuple[tuple[str, ...] | None, str | None]:
    """Draw how days are written and what the rows are, unless a question is about it."""
    formats, series = answers.formats, answers.series
    has_days = bool(DAYS & proposal.draft.columns.keys())
    has_series = kind == "cases"
    days_place, series_place = st.columns(2)
    if has_days and not answers.is_about_dates:
        dates = None if proposal.guess is None else proposal.guess.dates
        examples = {} if dates is None else dates.examples
        known = [] if dates is None else list(dates.reads)
        options = list(dict.fromkeys([*proposal.draft.formats, *known, *usual_formats()]))
        with days_place:
            chosen = st.multiselect(
                tr("Days are written as"),
                options,
                default=list(proposal.draft.formats),
                format_func=lambda form: format_word(form, examples.get(form)),
                key=f"{prefix}-formats",
            )
        formats = tuple(chosen) or None
    if has_series and not answers.is_about_series:
        with series_place:
            series = st.selectbox(
                tr("Its rows are"),
                SERIES,
                index=SERIES.index(proposal.draft.series or SERIES[0]),
                format_func=series_word,
                key=f"{prefix}-series",
            )
    return formats, series


def _grid(ours: list[str], proposal: Proposal, prefix: str) -> dict[str, str | None]:
    chosen: dict[str, str | None] = {}
    options = [NOT_HERE, *proposal.names]
    guesses = {} if proposal.guess is None else {g.ours: g for g in proposal.guess.columns}
    for start in range(0, len(ours), PLACES):
        places = st.columns(PLACES)
        for place, column in zip(places, ours[start : start + PLACES], strict=False):
            proposed = proposal.draft.columns.get(column)
            with place:
                answer = st.selectbox(
                    column_word(column),
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
