"""Every sentence a person reads passes through `tr` or `tr_n`.

English is the language of the sources; other languages are gettext catalogues
in `locale/`. `make messages` collects the sentences into `messages.pot`.
"""

from __future__ import annotations

import gettext
from contextvars import ContextVar
from functools import cache
from pathlib import Path

LOCALE_DIR = Path(__file__).parent / "locale"
DOMAIN = "seemana"

_language: ContextVar[str] = ContextVar("language", default="en")


@cache
def _translations(language: str) -> gettext.NullTranslations:
    return gettext.translation(DOMAIN, LOCALE_DIR, languages=[language], fallback=True)


def use_language(language: str) -> None:
    """Set the language of this thread or session, as an ISO 639-1 code."""
    _language.set(language)


def language() -> str:
    """Return the language in use."""
    return _language.get()


@cache
def _sentence(language: str, sentence: str) -> str:
    return _translations(language).gettext(sentence)


def tr(sentence: str, /, **values: object) -> str:
    """Return a sentence in the language in use, its `{names}` filled in."""
    text = _sentence(_language.get(), sentence)
    return text.format(**values) if values else text


def tr_n(one: str, many: str, n: int, /, **values: object) -> str:
    """Return the singular or plural sentence for `n`; `{n}` is filled in."""
    text = _translations(_language.get()).ngettext(one, many, n)
    return text.format(n=n, **values)


def marked(sentence: str) -> str:
    """Return a sentence as it is, for a table whose entries pass through `tr` when used."""
    return sentence
