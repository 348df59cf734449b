"""Words, dates and digits of a document in its language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime

from zoning.errors import OutputError
from zoning.i18n import forms
from zoning.i18n.catalogue import language, tr, use_language

# Digits of dates and counts. Codes, telephone numbers and numbers of orders stay as written.
DIGITS = {"en": "0123456789", "bn": "০১২৩৪৫৬৭৮৯"}
LANGUAGES = tuple(DIGITS)


@contextmanager
def in_language(code: str) -> Iterator[None]:
    """Speak a language for the length of a block.

    Raises
    ------
    OutputError
        If documents aren't written in it.
    """
    if code not in DIGITS:
        raise OutputError(
            tr(
                "Documents aren't written in {language}; choose one of {known}.",
                language=code,
                known=", ".join(LANGUAGES),
            )
        )
    before = language()
    use_language(code)
    try:
        yield
    finally:
        use_language(before)


def digits(text: str) -> str:
    """Return a text with the digits of the language in use."""
    return text.translate(str.maketrans(DIGITS["en"], DIGITS[language()]))


def number(value: float) -> str:
    """Return a number in Indian grouping."""
    return digits(forms.number(value))


def day(value: date) -> str:
    """Return a day, such as 4 August 2020."""
    return digits(forms.day(value))


def moment(at: datetime) -> str:
    """Return a moment, such as 4 August 2020, 18:00 IST."""
    return digits(forms.moment(at))


class Wording:
    """Gives texts in the language in use, and keeps which of them weren't translated.

    Parameters
    ----------
    written_in : str
        Language of the texts.
    translations : Mapping of str to Mapping of str to str
        By language: each text and the same in that language.
    """

    def __init__(self, written_in: str, translations: Mapping[str, Mapping[str, str]]) -> None:
        self._is_own = language() == written_in
        self._texts = translations.get(language(), {})
        self._open: dict[str, None] = {}

    def say(self, text: str) -> str:
        """Return a text in the language in use, or as written if nobody translated it."""
        if self._is_own or not text.strip():
            return text
        told = self._texts.get(text, "")
        if not told:
            self._open[text] = None
        return told or text

    @property
    def untranslated(self) -> tuple[str, ...]:
        """Return the texts that were said as written, in their sequence."""
        return tuple(self._open)
