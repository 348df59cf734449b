"""The account of a file's rows: in one sentence, by code, and row by row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pandas as pd
import streamlit as st

from screens.listing import listing, number_column
from zoning.i18n.catalogue import tr, tr_n
from zoning.i18n.forms import number
from zoning.model import Finding, RowAccount

ROWS_SHOWN = 5_000


def account_sentence(account: RowAccount) -> str:
    """Return what became of the rows of a file."""
    if account.repaired:
        return tr_n(
            "{read} row read: {taken} taken, {rejected} rejected, {repaired} repaired.",
            "{read} rows read: {taken} taken, {rejected} rejected, {repaired} repaired.",
            account.read,
            read=number(account.read),
            taken=number(account.taken),
            rejected=number(account.rejected),
            repaired=number(account.repaired),
        )
    return tr_n(
        "{read} row read: {taken} taken, {rejected} rejected.",
        "{read} rows read: {taken} taken, {rejected} rejected.",
        account.read,
        read=number(account.read),
        taken=number(account.taken),
        rejected=number(account.rejected),
    )


def codes_frame(account: RowAccount) -> pd.DataFrame:
    """Return one row a code of finding: how often, whether it rejects, and an example."""
    times = Counter(finding.code for finding in account.findings)
    first: dict[str, Finding] = {}
    for finding in account.findings:
        first.setdefault(finding.code, finding)
    order = sorted(first.values(), key=lambda f: (not f.rejects, -times[f.code]))
    return pd.DataFrame(
        {
            tr("Finding"): [f.code for f in order],
            tr("Times"): [times[f.code] for f in order],
            tr("What becomes of it"): [_fate(f) for f in order],
            tr("First row"): [f.row for f in order],
            tr("Said of it"): [f.message for f in order],
        }
    )


def _fate(finding: Finding) -> str:
    return tr("✗ rejected") if finding.rejects else tr("! noted")


def findings_frame(account: RowAccount) -> pd.DataFrame:
    """Return one row a finding, the rejecting ones first; `at` is its place in the account."""
    findings = account.findings
    order = sorted(range(len(findings)), key=lambda at: not findings[at].rejects)
    return pd.DataFrame(
        {
            "at": order,
            tr("Row"): [findings[at].row for at in order],
            tr("Finding"): [findings[at].code for at in order],
            tr("What becomes of it"): [_fate(findings[at]) for at in order],
            tr("Said of it"): [findings[at].message for at in order],
        }
    )


def codes_table(account: RowAccount, *, key: str) -> None:
    """Draw how often each code of finding occurs."""
    if not account.findings:
        return
    st.dataframe(
        codes_frame(account),
        hide_index=True,
        key=f"{key}-codes",
        column_config={
            tr("Times"): number_column(),
            tr("Said of it"): st.column_config.TextColumn(width="large"),
        },
        alt=tr("Findings by kind, the rejecting ones first"),
    )


def findings_table(
    account: RowAccount,
    *,
    key: str,
    file_name: str,
    chosen: int | None = None,
    on_choice: Callable[[Any], None] | None = None,
) -> None:
    """Draw the findings of an account row by row, with a download."""
    if not account.findings:
        st.success(tr("No row was found fault with."))
        return
    frame = findings_frame(account)
    if len(frame) > ROWS_SHOWN:
        st.caption(
            tr(
                "The first {shown} of {n} findings are listed.",
                shown=number(ROWS_SHOWN),
                n=number(len(frame)),
            )
        )
        frame = frame.head(ROWS_SHOWN)
    listing(
        frame,
        name=tr("Findings, row by row"),
        file_name=f"findings-{file_name}.csv",
        key=f"{key}-findings",
        by=tr("Finding"),
        hidden="at",
        chosen=chosen,
        on_choice=on_choice,
        config={tr("Said of it"): st.column_config.TextColumn(width="large")},
    )
