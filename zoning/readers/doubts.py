"""Questions that a person has to answer before a file can be read as proposed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from zoning.i18n.catalogue import tr
from zoning.readers.guess_columns import ColumnGuess
from zoning.readers.guess_dates import DateGuess
from zoning.readers.guess_words import bounds
from zoning.readers.profiles import Profile

SHOWN = 5
# Numbers with a comma between them, or a dash between spaces: 9, 13(Sub Wards); 1 - 10.
_SEVERAL = re.compile(r"\d\)?\s*[,;&]\s*\d|\d\s+[-–]\s*\d|\d\s*–\s*\d")


@dataclass(frozen=True)
class Doubt:
    """One question.

    Attributes
    ----------
    code : str
        Stable key of the question, such as `dates_ambiguous`.
    question : str
        The question as a sentence, with what it is about.
    ours : str
        Our column that it is about; empty for the file as a whole.
    options : tuple[str, ...]
        Answers to choose from: columns of the file, formats, words, kinds; empty where free.
    """

    code: str
    question: str
    ours: str = ""
    options: tuple[str, ...] = ()


def of_columns(guesses: Iterable[ColumnGuess]) -> list[Doubt]:
    """Return what to ask of columns that fit poorly, or no better than others."""
    doubts = []
    for guess in guesses:
        if guess.confidence < bounds().sure_from:
            question = tr(
                "Is {theirs} the column {ours}? It fits only partly.",
                theirs=guess.theirs,
                ours=guess.ours,
            )
            doubts.append(Doubt("column_uncertain", question, guess.ours, (guess.theirs,)))
        if guess.rivals:
            question = tr(
                "Which column is {ours}: {theirs}, or one of {rivals}?",
                ours=guess.ours,
                theirs=guess.theirs,
                rivals=", ".join(guess.rivals),
            )
            options = (guess.theirs, *guess.rivals)
            doubts.append(Doubt("column_rivals", question, guess.ours, options))
    return doubts


def missing(ours: str, fitting: Iterable[str], others: Iterable[str]) -> Doubt:
    """Return the question for a column without which no row can be read.

    Parameters
    ----------
    ours : str
        Our name of it.
    fitting, others : iterable of str
        Columns of the file whose cells would fit, and the rest.
    """
    fit = tuple(fitting)
    question = (
        tr(
            "Which column is {ours}? None has a usual name; by its cells it could be {names}.",
            ours=ours,
            names=", ".join(fit),
        )
        if fit
        else tr("Which column is {ours}? None has a name or cells that fit.", ours=ours)
    )
    return Doubt("column_missing", question, ours, (*fit, *others))


def of_places(ours: str, column: Profile) -> list[Doubt]:
    """Return what to ask of a column that should hold codes of units and holds more than that."""
    doubts = []
    lists = [text for text in column.texts if _SEVERAL.search(text)]
    if lists:
        question = tr(
            "Some cells of {theirs} name several units at once, such as {text}. Rows like these "
            "can't be placed; can they be given one by one?",
            theirs=column.name,
            text=lists[0][:60],
        )
        doubts.append(Doubt("several_units", question, ours))
    if column.fit("name") >= bounds().mostly and column.share_lettered >= bounds().mostly:
        question = tr(
            "{theirs} holds names ({text}) and not codes, and names repeat. Do the units go by "
            "these names, or is there a column with codes?",
            theirs=column.name,
            text=", ".join(column.texts[:2])[:60],
        )
        doubts.append(Doubt("names_as_codes", question, ours))
    return doubts


def of_dates(ours: str, guess: DateGuess) -> list[Doubt]:
    """Return what to ask of the forms in which days are written."""
    if guess.is_ambiguous:
        options = tuple(guess.examples)
        shown = "; ".join(
            tr("{text} is {day} by {form}", text=text, day=day.isoformat(), form=form or "ISO")
            for form, (text, day) in guess.examples.items()
        )
        question = tr(
            "Does the day or the month stand first? Every text reads both ways: {shown}.",
            shown=shown,
        )
        return [Doubt("dates_ambiguous", question, ours, options)]
    doubts = []
    if guess.is_mixed:
        question = tr(
            "Some days have the day first and others the month ({formats}). Is that so? Texts "
            "that read both ways can't be decided, and their rows are rejected.",
            formats=", ".join(form or "ISO" for form in guess.formats),
        )
        doubts.append(Doubt("dates_mixed", question, ours, guess.formats))
    if guess.unread:
        question = tr(
            "These texts can't be read as days: {texts}. Is that right?",
            texts=", ".join(guess.unread[:SHOWN]),
        )
        doubts.append(Doubt("dates_unread", question, ours))
    return doubts


def of_exchanged_days(ours: str, column: Profile) -> list[Doubt]:
    """Return what to ask where a workbook holds days as dates and as texts side by side.

    A spreadsheet set to month first turns 04/05 into the fourth of April or leaves
    25/04 as text: then day and month of its dates are exchanged.
    """
    dates = [text for text in column.texts if "T00:00" in text]
    if not dates or len(dates) == len(column.texts):
        return []
    question = tr(
        "Some cells of {theirs} are dates and others are texts ({text}). Did the spreadsheet "
        "exchange day and month in the dates, such as {date}?",
        theirs=column.name,
        text=next(text for text in column.texts if text not in dates),
        date=dates[0][: len("2020-05-18")],
    )
    return [Doubt("dates_exchanged", question, ours)]


def of_words(ours: str, unknown: list[str], known: Iterable[str]) -> list[Doubt]:
    """Return what to ask of words in cells that nobody has explained."""
    if not unknown:
        return []
    question = tr(
        "What do these words of {ours} mean: {words}?",
        ours=ours,
        words=", ".join(unknown[:SHOWN]),
    )
    return [Doubt("words_unknown", question, ours, tuple(dict.fromkeys(known)))]
