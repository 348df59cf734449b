"""Pages of a paper as pictures, one at a time."""

from __future__ import annotations

from base64 import b64encode
from html import escape

import streamlit as st

from zoning.i18n.catalogue import tr

PAGES_AS_BUTTONS = 8


def pages_shown(pages: tuple[bytes, ...], name: str, key: str) -> None:
    """Draw the page that is chosen.

    Parameters
    ----------
    pages : tuple of bytes
        PNG each.
    name : str
        Of the order or draft.
    key : str
        Distinguishes papers of one page.
    """
    page = 1
    if len(pages) > PAGES_AS_BUTTONS:
        page = st.number_input(tr("Page"), 1, len(pages), key=key)
    elif len(pages) > 1:
        numbers = range(1, len(pages) + 1)
        page = st.segmented_control(tr("Page"), numbers, default=1, key=key) or 1
    words = tr("Page {n} of {total} of order {number}", n=page, total=len(pages), number=name)
    picture = b64encode(pages[page - 1]).decode("ascii")
    st.html(
        f'<div class="sm-sheet"><img alt="{escape(words)}" '
        f'src="data:image/png;base64,{picture}"/></div>'
    )
    st.caption(words)
