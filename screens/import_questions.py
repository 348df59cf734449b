"""The questions that a file raises: nothing is taken in before each has its answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import streamlit as st

from screens.data_notes import told
from screens.import_words import column_word, event_word, format_word, meaning_word, series_word
from screens.plain import plain, say
from zoning.i18n.catalogue import tr, tr_n
from zoning.workflow.drafts import ABOUT_COLUMNS, ABOUT_DATES, Choices, Doubt, doubt_key
from zoning.workflow.intake import Intake, Proposal
from zoning.workflow.uploads import Upload

NOT_HERE = "\0"
AS_IT_IS = "\0"
BOTH = "both"
WORDS_ASKED = 24
ANSWER_PX = 420


@dataclass
class Answers:
    """What was answered so far, and how many questions are open.

    Attributes
    ----------
    columns : dict of str to str or None
        By our name, the column of the file.
    asked : set of str
        Our columns that a question is about; they aren't asked again among the columns.
    is_about_dates, is_about_series : bool
        Whether a question is about the forms of days, or about what the rows are.
    """

    columns: dict[str, str | None] = field(default_factory=dict)
    formats: tuple[str, ...] | None = None
    series: str | None = None
    words: dict[str, dict[str, str]] = field(default_factory=dict)
    constants: dict[str, str] = field(default_factory=dict)
    is_event: bool = False
    asked: set[str] = field(default_factory=set)
    is_about_dates: bool = False
    is_about_series: bool = False
    open: int = 0

    def choices(self) -> Choices:
        """Return them for the mapping."""
        return Choices(
            self.columns, self.formats, self.series, self.words, self.constants, self.is_event
        )


def column_label(name: str) -> str:
    """Return the name of a column of a file, or that it has none."""
    return tr("– not in this file –") if name == NOT_HERE else name


def ask_encoding(prefix: str) -> str:
    """Return the encoding that was chosen before, which the proposal rests on."""
    return st.session_state.get(f"{prefix}-encoding-") or ""


def questions(
    intake: Intake, upload: Upload, kind: str, proposal: Proposal, prefix: str
) -> Answers:
    """Draw every question with its answer, and return the answers."""
    answers = Answers()
    guess = proposal.guess
    if guess is None or not (guess.doubts or ask_encoding(prefix)):
        return answers
    box = st.container(border=True, key=f"{prefix}-questions")
    with box:
        title = st.empty()
        _about_columns(kind, proposal, prefix, answers)
        for doubt in guess.doubts:
            if doubt.code in ABOUT_COLUMNS or (doubt.code == "encoding"):
                continue
            key = f"{prefix}-{doubt_key(doubt)}"
            if doubt.code in ABOUT_DATES:
                _about_dates(doubt, proposal, key, answers)
            elif doubt.code == "words_unknown":
                _about_words(intake, upload, kind, doubt, proposal, key, answers)
            elif doubt.code == "series_kind":
                answers.is_about_series = True
                answers.series = _one(doubt, series_word, key, answers)
            elif doubt.code == "outcome_or_event":
                answers.is_event = _one(doubt, event_word, key, answers) == "event"
            elif doubt.code == "kind_missing":
                chosen = _one(doubt, lambda kind_: meaning_word("kind", kind_), key, answers)
                if chosen is not None:
                    answers.constants["kind"] = chosen
            else:
                say(doubt.question)
                if not st.checkbox(tr("I have seen this; go on."), key=key):
                    answers.open += 1
        _about_encoding(guess.doubts, prefix, answers)
        title.markdown(
            tr("**All questions are answered.**")
            if not answers.open
            else tr_n(
                "**{n} question to answer first**",
                "**{n} questions to answer first**",
                answers.open,
            )
        )
    return answers


def _about_columns(kind: str, proposal: Proposal, prefix: str, answers: Answers) -> None:
    by_column: dict[str, list[Doubt]] = {}
    for doubt in proposal.guess.doubts:
        if doubt.code in ABOUT_COLUMNS:
            by_column.setdefault(doubt.ours, []).append(doubt)
    for ours, doubts in by_column.items():
        for doubt in doubts:
            say(doubt.question)
        first = dict.fromkeys(option for doubt in doubts for option in doubt.options)
        options = [*first, *(name for name in proposal.names if name not in first), NOT_HERE]
        chosen = st.selectbox(
            tr("{column} is", column=column_word(ours, kind)),
            options,
            index=None,
            format_func=column_label,
            placeholder=tr("Choose"),
            key=f"{prefix}-column-{ours}",
            width=ANSWER_PX,
        )
        answers.asked.add(ours)
        # Until it is answered the first rows are shown as proposed, and nothing is taken in.
        if chosen is not None:
            answers.columns[ours] = None if chosen == NOT_HERE else chosen
        answers.open += chosen is None


def _about_dates(doubt: Doubt, proposal: Proposal, key: str, answers: Answers) -> None:
    answers.is_about_dates = True
    examples = proposal.guess.dates.examples
    options = list(doubt.options)
    if doubt.code == "dates_mixed":
        options = [BOTH, *options]

    def word(form: str) -> str:
        return (
            tr("Yes, all of them occur") if form == BOTH else format_word(form, examples.get(form))
        )

    chosen = _choice(doubt.question, options, word, key)
    answers.open += chosen is None
    if chosen is not None:
        answers.formats = tuple(doubt.options) if chosen == BOTH else (chosen,)


def _about_words(
    intake: Intake,
    upload: Upload,
    kind: str,
    doubt: Doubt,
    proposal: Proposal,
    key: str,
    answers: Answers,
) -> None:
    say(doubt.question)
    words = told(lambda: intake.unknown_words(upload, kind, proposal.draft, doubt.ours)) or ()
    places = st.columns(3)
    for i, word in enumerate(words[:WORDS_ASKED]):
        chosen = places[i % len(places)].selectbox(
            plain(tr("“{word}” means", word=word)),
            [*doubt.options, AS_IT_IS],
            index=None,
            format_func=lambda answer: (
                tr("leave it as it is") if answer == AS_IT_IS else meaning_word(doubt.ours, answer)
            ),
            placeholder=tr("Choose"),
            key=f"{key}-{word}",
        )
        answers.open += chosen is None
        if chosen not in (None, AS_IT_IS):
            answers.words.setdefault(doubt.ours, {})[word] = chosen
    if len(words) > WORDS_ASKED:
        st.caption(
            tr_n(
                "{n} rarer word stays as it is; its rows are listed.",
                "{n} rarer words stay as they are; their rows are listed.",
                len(words) - WORDS_ASKED,
            )
        )


def _about_encoding(doubts: Iterable[Doubt], prefix: str, answers: Answers) -> None:
    asked = next((doubt for doubt in doubts if doubt.code == "encoding"), None)
    chosen = ask_encoding(prefix)
    if asked is None and not chosen:
        return
    options = list(asked.options) if asked is not None else [chosen]
    question = asked.question if asked is not None else tr("The file was written in")
    if chosen and chosen not in options:
        options.append(chosen)
    if _choice(question, options, str, f"{prefix}-encoding-") is None:
        answers.open += 1


def _one(doubt: Doubt, word: Callable[[str], str], key: str, answers: Answers) -> str | None:
    chosen = _choice(doubt.question, list(doubt.options), word, key)
    answers.open += chosen is None
    return chosen


def _choice(question: str, options: list[str], word: Callable[[str], str], key: str) -> str | None:
    return st.radio(
        plain(question), options, index=None, format_func=lambda o: plain(word(o)), key=key
    )
