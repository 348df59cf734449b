"""A what-if beside what is in force, figure by figure, and what would become of zones."""

from __future__ import annotations

from html import escape
from itertools import groupby

import numpy as np
import pandas as pd
import streamlit as st

from screens.plain import title
from zoning.i18n.catalogue import tr, tr_n
from zoning.i18n.forms import figure, number
from zoning.model import Category
from zoning.workflow.comparison import Compared, Group, compared, zone_changes
from zoning.workflow.containment_desk import Thought
from zoning.workflow.zone_words import event_sentence

ZONES_TOLD = 40


def answer(thought: Thought) -> str:
    """Return what the what-if comes to, in one sentence, as markup."""
    one, other = thought.present, thought.thought
    a, b = (
        [int(np.sum(z.divided.category == category.value)) for z in (one, other)]
        for category in (Category.AFFECTED, Category.BUFFER)
    )
    sentence = tr_n(
        "By {policy} with a buffer of {buffer} m: {zones} containment zone in place of {before}, "
        "booths A {a} ({a_change}), B {b} ({b_change}).",
        "By {policy} with a buffer of {buffer} m: {zones} containment zones in place of {before}, "
        "booths A {a} ({a_change}), B {b} ({b_change}).",
        len(other),
        policy=thought.policy.id,
        buffer=figure(thought.buffer_m),
        zones=number(len(other)),
        before=number(len(one)),
        a=number(a[1]),
        a_change=signed(a[1] - a[0]),
        b=number(b[1]),
        b_change=signed(b[1] - b[0]),
    )
    return f'<p class="sm-answer">{escape(sentence)}</p>'


def signed(change: float, decimals: int = 0) -> str:
    """Return a difference with its sign, `±0` for none, a dash where there is no telling."""
    if not np.isfinite(change):
        return "–"
    if round(change, decimals) == 0:
        return "±0"
    sign = "+" if change > 0 else "−"
    return f"{sign}{_rounded(abs(change), decimals)}"


def _rounded(value: float, decimals: int) -> str:
    return figure(value, decimals) if decimals else number(value)


def _shown(value: float, is_at_least: bool, decimals: int) -> str:
    said = _rounded(value, decimals)
    return tr("at least {n}", n=said) if is_at_least and np.isfinite(value) else said


def _group_word(group: Group) -> str:
    return {
        Group.ZONES: tr("Zones and booths"),
        Group.PEOPLE: tr("People"),
        Group.WORK: tr("Work"),
        Group.CASES: tr("Cases"),
        Group.UNITS: tr("Units by colour"),
    }[group]


def difference(thought: Thought) -> None:
    """Draw the figures of both sides and their difference, with a download."""
    rows = compared(thought)
    head = "".join(
        f'<th scope="col">{escape(words)}</th>'
        for words in (tr("Figure"), tr("In force"), tr("Thought"), tr("Difference"))
    )
    body = "".join(
        f'<tr class="sm-group"><th scope="rowgroup" colspan="4">{escape(_group_word(group))}'
        f"</th></tr>{''.join(_row(row) for row in of_group)}"
        for group, of_group in groupby(rows, key=lambda row: row.group)
    )
    st.html(
        f'<table class="sm-compare"><caption>{escape(_basis(thought))}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )
    st.download_button(
        tr("Download CSV"),
        data=lambda: difference_frame(rows).to_csv(index=False).encode("utf-8-sig"),
        file_name="what-if.csv",
        mime="text/csv",
        key="whatif-download",
        on_click="ignore",
    )


def _row(row: Compared) -> str:
    cells = (
        _shown(row.before, row.is_at_least[0], row.decimals),
        _shown(row.after, row.is_at_least[1], row.decimals),
        signed(row.change, row.decimals),
    )
    told = "".join(f"<td>{escape(cell)}</td>" for cell in cells)
    return f'<tr><th scope="row">{escape(row.words)}</th>{told}</tr>'


def _basis(thought: Thought) -> str:
    own = thought.present.divided.policy.id
    if own == thought.policy.id:
        return tr("In force and thought are both drawn by {policy}.", policy=own)
    return tr(
        "What is in force was drawn by {before}, this by {after}; the cases that are captured are "
        "those that count under each.",
        before=own,
        after=thought.policy.id,
    )


def difference_frame(rows: tuple[Compared, ...]) -> pd.DataFrame:
    """Return one row a figure; what is a lower bound is said in a column of its own."""
    return pd.DataFrame(
        {
            tr("Figure"): [row.words for row in rows],
            tr("In force"): [row.before for row in rows],
            tr("Thought"): [row.after for row in rows],
            tr("Difference"): [row.change for row in rows],
            tr("At least"): [any(row.is_at_least) for row in rows],
        }
    )


def moved(thought: Thought) -> None:
    """List how many booths would change from one category to another."""
    pairs = thought.moved()
    title(tr("Booths that would move"))
    if not pairs:
        st.caption(tr("None: every booth keeps its category."))
        return
    items = "".join(
        f"<li><b>{escape(_category(one))} → {escape(_category(other))}</b> {number(n)}</li>"
        for (one, other), n in sorted(pairs.items(), key=lambda pair: -pair[1])
    )
    st.html(f'<ul class="sm-moved">{items}</ul>')


def _category(category: str) -> str:
    return category or tr("none (green)")


def what_becomes(thought: Thought) -> None:
    """List the zones that would open, merge, grow or end."""
    events = zone_changes(thought)
    title(tr("What would become of the zones"))
    if not events:
        st.caption(tr("Nothing: every zone keeps its booths."))
        return
    items = "".join(
        f"<li><b>{escape(event.zone_id)}</b> "
        + escape(
            event_sentence(
                event.kind.value, event.from_ids, event.into_ids, event.n_before, event.n_after
            )
        )
        + "</li>"
        for event in events[:ZONES_TOLD]
    )
    st.html(f'<ul class="sm-becomes">{items}</ul>')
    if len(events) > ZONES_TOLD:
        st.caption(
            tr(
                "The first {shown} of {n} zones that would change are told.",
                shown=number(ZONES_TOLD),
                n=number(len(events)),
            )
        )
