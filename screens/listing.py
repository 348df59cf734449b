"""A table of a screen: sorted by its columns, filtered, downloaded, one row chosen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
import streamlit as st

from zoning.i18n.catalogue import tr, tr_n

ROW_PX = 35
MAX_ROWS_IN_VIEW = 12

IST_ZONE = "Asia/Kolkata"


def moment_column(help_text: str | None = None) -> Any:
    """Return the form of a column of moments: in India's time, sorted as moments."""
    return st.column_config.DatetimeColumn(
        format="DD MMM YYYY, HH:mm", timezone=IST_ZONE, help=help_text
    )


def day_column() -> Any:
    """Return the form of a column of days."""
    return st.column_config.DateColumn(format="DD MMM YYYY")


def number_column() -> Any:
    """Return the form of a column of numbers."""
    return st.column_config.NumberColumn(format="localized")


def _filtered(frame: pd.DataFrame, by: str, key: str) -> pd.DataFrame:
    values = [value for value in frame[by].unique() if value]
    if len(values) < 2:
        return frame
    chosen = st.pills(
        by, values, selection_mode="multi", key=f"{key}-{by}", label_visibility="collapsed"
    )
    return frame[frame[by].isin(chosen)] if chosen else frame


def listing(
    frame: pd.DataFrame,
    *,
    name: str,
    file_name: str,
    key: str,
    by: str | None = None,
    config: Mapping[str, Any] | None = None,
    hidden: str | None = None,
    chosen: object = None,
    on_choice: Callable[[Any], None] | None = None,
    whole: Callable[[], pd.DataFrame] | None = None,
    caption: str = "",
) -> None:
    """Draw a table.

    Parameters
    ----------
    frame : pd.DataFrame
        One row a thing; column names for people.
    name : str
        What it lists, for a screen reader.
    file_name : str
        Of the download.
    key : str
        Distinguishes tables of one page.
    by : str, optional
        Column by whose values rows are filtered.
    config : mapping, optional
        Forms of columns by name.
    hidden : str, optional
        Column that identifies a row and isn't shown.
    chosen : object
        Value of `hidden` in the row that is chosen when the table is first drawn.
    on_choice : callable, optional
        Called with the value of `hidden` of the row chosen, or None. None
        makes a table in which nothing is chosen.
    whole : callable, optional
        Returns what is downloaded, where the frame is one page of it.
    caption : str
        Said beside the table instead of the number of rows.
    """
    with st.container(horizontal=True, vertical_alignment="center", key=f"{key}-tools"):
        shown = frame if by is None else _filtered(frame, by, key)
        plain = shown if hidden is None else shown.drop(columns=hidden)
        st.download_button(
            tr("Download CSV"),
            data=lambda: (whole() if whole else plain).to_csv(index=False).encode("utf-8-sig"),
            file_name=file_name,
            mime="text/csv",
            key=f"{key}-download",
            on_click="ignore",
        )
        st.caption(caption or tr_n("{n} row", "{n} rows", len(shown)))
    options: dict[str, Any] = {}
    if on_choice is not None and hidden is not None:
        codes = shown[hidden].tolist()
        # The rows in view are part of the name: a number of a row means nothing in another table.
        table_key = f"{key}-table-{hash(tuple(codes))}"

        def tell() -> None:
            rows = st.session_state[table_key]["selection"]["rows"]
            on_choice(codes[rows[0]] if rows else None)

        at = codes.index(chosen) if chosen in codes else None
        options = {
            "on_select": tell,
            "selection_mode": "single-row",
            "selection_default": None if at is None else {"selection": {"rows": [at]}},
        }
    else:
        table_key = f"{key}-table"
    st.dataframe(
        plain,
        hide_index=True,
        height=min(len(shown), MAX_ROWS_IN_VIEW) * ROW_PX + ROW_PX + 3,
        key=table_key,
        placeholder="–",
        column_config=dict(config or {}),
        alt=name,
        **options,
    )
