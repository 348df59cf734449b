"""Texts of files on a page, as they are: no markup, no picture, nothing that is fetched."""

from __future__ import annotations

import re
from html import escape

import streamlit as st

_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")


def plain(text: str) -> str:
    """Return a text so that Markdown shows it as it is, for labels, notes and toasts."""
    return _PUNCTUATION.sub(r"\\\1", text.replace("\n", " "))


def say(sentence: str, kind: str = "sm-said") -> None:
    """Draw a sentence as a paragraph, whatever a file put into it."""
    st.html(f'<p class="{kind}">{escape(sentence)}</p>')


def title(words: str) -> None:
    """Draw the title of a part of a page."""
    st.html(f'<h2 class="sm-part">{escape(words)}</h2>')
