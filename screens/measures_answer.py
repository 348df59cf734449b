"""The parts of an answer on measures: conditions, clauses, conflicts, readings, duties."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

import streamlit as st

from zoning.i18n.catalogue import tr
from zoning.i18n.forms import moment
from zoning.measures.clauses import Provision
from zoning.measures.phrases import phrases
from zoning.measures.question import Answer, Answered, Cited, Withdrawn


def status_badge(told: Answer) -> str:
    """Return the answer in one or two words, with a sign beside its colour."""
    sign, words = {
        Answered.ALLOWED: ("✓", tr("Allowed")),
        Answered.CONDITIONAL: ("!", tr("On conditions")),
        Answered.PROHIBITED: ("✕", tr("Prohibited")),
        Answered.NOT_ADDRESSED: ("?", tr("Not addressed")),
    }[told.status]
    return (
        f'<span class="sm-badge sm-{told.status.value}" role="status">{sign} {escape(words)}</span>'
    )


def answer_parts(told: Answer, consequences: tuple[Provision, ...]) -> None:
    """Draw what an answer rests on, the most needed first."""
    parts = [
        _part(tr("Relaxations withdrawn here"), [_withdrawn(one) for one in told.withdrawals]),
        _part(tr("Conditions"), _conditions(told)),
        _part(tr("Clauses, verbatim"), [_clause(cited) for cited in told.clauses]),
        _part(
            tr("Where the order contradicts itself"),
            [
                f"<p>{escape(conflict.text)}</p><p><b>{escape(tr('Read here as:'))}</b> "
                f'{escape(conflict.reading)} <span class="sm-quiet">{escape(conflict.source)}'
                "</span></p>"
                for conflict in told.conflicts
            ],
        ),
        _part(
            tr("Our interpretation"),
            [
                f'<p>{escape(one.text)} <span class="sm-quiet">{escape(one.source)}</span></p>'
                for one in told.interpretations
            ],
        ),
        _folded(
            tr("For everyone, everywhere"),
            [_numbered(clause.section, clause.text) for clause in told.general],
        ),
        _folded(
            tr("What follows from a deviation"),
            [_numbered("", provision.text) for provision in consequences],
        ),
    ]
    st.html(f'<div class="sm-measures">{"".join(parts)}</div>')


def _conditions(told: Answer) -> list[str]:
    entries = []
    for asked, phrase in zip(told.conditions, phrases(told), strict=True):
        mark = ""
        if asked.is_met is not None:
            words = tr("kept to") if asked.is_met else tr("exceeded")
            kind = "met" if asked.is_met else "exceeded"
            mark = f' <b class="sm-{kind}">{escape(words)}</b>'
        entries.append(
            f'<p>{escape(phrase[:1].upper() + phrase[1:])} <span class="sm-section">'
            f"{escape(asked.section)}</span>{mark}</p>"
        )
    return entries


def _withdrawn(one: Withdrawn) -> str:
    words = tr(
        "{number}, since {since}, to be reviewed by {review}; it stands until it is restored.",
        number=one.number,
        since=moment(one.effective_at),
        review=moment(one.review_at),
    )
    reason = f' <span class="sm-quiet">{escape(one.reason)}</span>' if one.reason else ""
    return f"<p>{escape(words)}{reason}</p>"


def _clause(cited: Cited) -> str:
    kind = "" if cited.is_deciding else ' class="sm-beside"'
    number = tr("{section} of {order}", section=cited.section, order=cited.order)
    note = "" if cited.is_deciding else f' <span class="sm-quiet">{escape(tr("beside"))}</span>'
    return (
        f'<blockquote{kind}><span class="sm-section">{escape(number)}</span>{note}'
        f"<br>{escape(cited.text)}</blockquote>"
    )


def _numbered(section: str, text: str) -> str:
    number = f'<span class="sm-section">{escape(section)}</span> ' if section else ""
    return f"<p>{number}{escape(text)}</p>"


def _part(title: str, entries: Iterable[str]) -> str:
    body = "".join(entries)
    return f"<section><h2>{escape(title)}</h2>{body}</section>" if body else ""


def _folded(title: str, entries: Iterable[str]) -> str:
    body = "".join(entries)
    return f"<details><summary>{escape(title)}</summary>{body}</details>" if body else ""
