"""Top of a page: the answer in one sentence, key figures, warnings."""

from __future__ import annotations

from html import escape
from typing import Protocol

import streamlit as st

from layers.view import MapView
from zoning.i18n.catalogue import tr


class PerhapsFictional(Protocol):
    """What a page shows, and whether it is invented."""

    @property
    def is_fictional(self) -> bool:
        """Return whether it is."""
        ...


def fictional_banner(view: PerhapsFictional) -> None:
    """Say that a demonstration is one, wherever it is shown."""
    if view.is_fictional:
        st.html(
            f'<div class="sm-fictional" role="note"><b>{escape(tr("Fictional district."))}</b> '
            f"{escape(tr('Places, cases and facilities are invented for demonstration.'))}</div>"
        )


def headline(view: MapView) -> None:
    """Draw the headline, the key figures beside it, and a warning of stale data."""
    figures = "".join(
        f"<div><dt>{escape(figure.label)}</dt><dd>{escape(figure.value)}"
        + (f" <small>{escape(figure.remark)}</small>" if figure.remark else "")
        + "</dd></div>"
        for figure in view.key_figures
    )
    st.html(f'<div class="sm-top"><h1>{escape(view.headline)}</h1><dl>{figures}</dl></div>')
    if view.stale_warning:
        st.html(f'<div class="sm-stale" role="alert">{escape(view.stale_warning)}</div>')
