"""Feeds: who reports, through which day, who is silent; and what is agreed with them."""

from __future__ import annotations

from datetime import timedelta

import pandas as pd
import streamlit as st

from screens.data_address import choose, chosen
from screens.data_notes import ask, dialog, done, leave, told
from screens.data_words import feed_state_word, kind_word
from screens.listing import day_column, listing, number_column
from screens.plain import say, title
from zoning.clock import today_ist
from zoning.i18n.catalogue import tr, tr_n
from zoning.i18n.forms import day, number
from zoning.workflow.data_desk import DataDesk
from zoning.workflow.feeds import BoardRow

FEED_KINDS = ("cases", "tests")


def panel(desk: DataDesk) -> None:
    """Draw the board of feeds, and what can be done about the one that is chosen."""
    board = desk.feeds()
    st.button(
        tr("Add a feed…"), icon=":material/add:", key="feed-add", on_click=ask, args=("feed-new",)
    )
    dialog("feed-new", tr("Add a feed"), _edit, desk, None)
    if not board:
        st.info(
            tr(
                "No feed is known yet. A feed is who reports for which units, such as a "
                "district's health office: once it is known here, its silence is seen."
            )
        )
        return
    at = chosen("feed")
    listing(
        board_frame(board),
        name=tr("Feeds, the one in most need of a call first"),
        file_name="feeds.csv",
        key="feeds",
        by=tr("State"),
        hidden="feed",
        chosen=at,
        on_choice=lambda feed_id: choose(feed=feed_id),
        config={
            tr("Complete through"): day_column(),
            tr("Days behind"): number_column(),
            tr("Units"): number_column(),
        },
    )
    row = next((r for r in board if _key(r) == at), None)
    if row is not None:
        _details(desk, row)
    else:
        st.caption(tr("Choose a feed to change it, to note that it had nothing, or to close it."))


def _key(row: BoardRow) -> str:
    """Return what names a row in the address; two rows name no feed, one for each kind."""
    return row.feed.feed_id or f"({row.feed.kind})"


def board_frame(board: tuple[BoardRow, ...]) -> pd.DataFrame:
    """Return one row a feed, the one in most need of a call first."""
    return pd.DataFrame(
        {
            "feed": [_key(r) for r in board],
            tr("State"): [feed_state_word(r.state.value) for r in board],
            tr("Feed"): [r.feed.feed_id or tr("(unnamed)") for r in board],
            tr("Name"): [r.feed.name or tr("imports that name no feed") for r in board],
            tr("Brings"): [kind_word(r.feed.kind) for r in board],
            tr("Complete through"): [r.feed.reported_through for r in board],
            tr("Days behind"): pd.array([r.behind_days for r in board], dtype="Int64"),
            tr("Expected every"): [tr_n("{n} day", "{n} days", r.feed.rhythm_days) for r in board],
            tr("Units"): [r.units for r in board],
        }
    )


def _details(desk: DataDesk, row: BoardRow) -> None:
    feed = row.feed
    with st.container(border=True, key="feed-details"):
        title(feed.name or feed.feed_id or tr("Imports that name no feed"))
        scope = ", ".join(feed.scope) if feed.scope else tr("all units")
        say(
            tr(
                "{state}. It speaks for {scope} ({units} units).",
                state=feed_state_word(row.state.value),
                scope=scope,
                units=number(row.units),
            )
        )
        with st.container(horizontal=True, vertical_alignment="bottom"):
            today = today_ist(desk.clock())
            through = st.date_input(
                tr("Nothing further through"),
                value=today - timedelta(days=1),
                max_value=today,
                format="DD/MM/YYYY",
                key=f"nil-day-{feed.feed_id}",
                help=tr(
                    "A nil return: the feed looked, and had no further case. Silence isn't it."
                ),
                width=200,
            )
            if st.button(tr("Note a nil return"), key="nil", disabled=feed.kind != "cases"):
                _report_nil(desk, feed.feed_id, through)
            if not feed.feed_id:
                return
            for key, label, icon in (
                ("feed-edit", tr("Change…"), ":material/edit:"),
                ("feed-close", tr("Close…"), ":material/close:"),
            ):
                st.button(label, icon=icon, key=key, on_click=ask, args=(f"{key}-{feed.feed_id}",))
        dialog(f"feed-edit-{feed.feed_id}", tr("What is agreed with a feed"), _edit, desk, row)
        dialog(f"feed-close-{feed.feed_id}", tr("Close a feed?"), _close, desk, row)


def _report_nil(desk: DataDesk, feed_id: str, through) -> None:  # noqa: ANN001 - a date
    def report() -> bool:
        desk.report_nil(feed_id, through)
        return True

    if told(report):
        done(tr("{feed} is complete through {day}.", feed=feed_id, day=day(through)))


def _edit(desk: DataDesk, row: BoardRow | None) -> None:
    known = None if row is None else row.feed
    feed_id = st.text_input(
        tr("Key"),
        value="" if known is None else known.feed_id,
        disabled=known is not None,
        placeholder=tr("for instance the district's or laboratory's code"),
        key="feed-key",
    )
    name = st.text_input(tr("Name"), value="" if known is None else known.name, key="feed-name")
    kind = st.segmented_control(
        tr("Brings"),
        FEED_KINDS,
        default="cases" if known is None else known.kind,
        format_func=kind_word,
        required=True,
        disabled=known is not None,
        key="feed-kind",
    )
    rhythm = st.number_input(
        tr("A report is expected every … days"),
        min_value=1,
        value=desk.usual_rhythm_days if known is None else known.rhythm_days,
        key="feed-rhythm",
    )
    scope = st.text_area(
        tr("Units it speaks for, by code; empty for all"),
        value="" if known is None else ", ".join(known.scope),
        help=tr("Units of any level; all below a unit are meant with it. Separate by commas."),
        key="feed-scope",
    )
    if st.button(tr("Save"), type="primary", key="feed-save"):
        codes = tuple(code.strip() for code in scope.replace("\n", ",").split(",") if code.strip())

        def put() -> bool:
            desk.put_feed(feed_id, name, kind, int(rhythm), codes)
            return True

        if told(put):
            choose(feed=feed_id.strip())
            done(tr("Feed {feed} is known.", feed=feed_id.strip()))


def _close(desk: DataDesk, row: BoardRow) -> None:
    feed = row.feed
    say(
        tr(
            "From now on {feed} is no longer expected to report, and its {units} units are spoken "
            "for by the other feeds. What it told stays.",
            feed=feed.name or feed.feed_id,
            units=number(row.units),
        )
    )

    def close() -> bool:
        desk.close_feed(feed.feed_id)
        return True

    with st.container(horizontal=True):
        if st.button(tr("Close it"), type="primary", key="feed-close-yes") and told(close):
            choose(feed=None)
            done(tr("Feed {feed} is closed.", feed=feed.feed_id))
        if st.button(tr("Leave it open"), key="feed-close-no", on_click=leave):
            st.rerun()
