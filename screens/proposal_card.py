"""The card of one unit: what would change and why, and its parameters as small bars."""

from __future__ import annotations

from html import escape

import numpy as np
import streamlit as st

from screens.card import class_word
from screens.data_address import choose
from screens.proposal_shown import Shown, chosen_unit
from screens.proposal_words import pair, zone_word_of
from zoning.i18n.catalogue import tr, tr_n
from zoning.i18n.forms import day, figure, number
from zoning.judgement.phrases import cut_phrase, flag_word, parameter_word
from zoning.judgement.relaxing import relaxing_rule
from zoning.model import Parameter
from zoning.rules.rulebook import ParameterRule

# A bar reaches so many times as far as its farther mark; what lies beyond fills it.
BEYOND = 1.35
# Percent of the width: a mark at nothing is still whole.
LEFTMOST = 2.0


def unit_card(shown: Shown) -> None:
    """Draw the card of the unit in the address."""
    unit = chosen_unit()
    if not unit:
        st.caption(tr("Choose a unit in the list, in the table or on the map to see its figures."))
        return
    at = shown.at(unit)
    if at is None:
        st.warning(tr("There is no unit {unit} in your area.", unit=unit))
        return
    st.html(f'<div class="sm-card">{_head(shown, at)}{_why(shown, at)}{_bars(shown, at)}</div>')
    st.button(
        tr("Close"), key="card-close", type="tertiary", on_click=choose, kwargs={"unit": None}
    )


def _head(shown: Shown, at: int) -> str:
    units = shown.units
    letters = pair(shown, str(units.in_force[at]), str(shown.zones()[at]))
    stands = tr("No order says anything of it yet.")
    if not np.isnat(units.since[at]):
        stands = tr(
            "{zone} since {day} by order {number}.",
            zone=zone_word_of(shown, str(units.in_force[at])),
            day=day(units.since[at].item()),
            number=units.number[at],
        )
    return (
        f'<header><b class="sm-letters">{escape(letters)}</b><div><h2>'
        f"{escape(str(units.name[at]) or str(units.unit_id[at]))}</h2>"
        f'<span class="sm-quiet">{escape(str(units.unit_id[at]))}</span></div></header>'
        f"<p>{escape(stands)}</p>"
    )


def _why(shown: Shown, at: int) -> str:
    units = shown.units
    said = [f"<p><b>{escape(_capital(str(units.sentence[at])))}.</b></p>"]
    said.append(f"<p>{escape(_capital(str(units.explanation[at])))}.</p>")
    if units.kind[at] in ("relax", "kept_until", "refused"):
        needed = relaxing_rule().consecutive_complete_days
        words = tr_n(
            "{days} of {n} complete day milder, in a row",
            "{days} of {n} complete days milder, in a row",
            needed,
            days=int(units.days_milder[at]),
        )
        said.append(
            f"<p>{'▮' * int(units.days_milder[at])}"
            f"{'▯' * (needed - int(units.days_milder[at]))} {escape(words)}</p>"
        )
    if units.floor[at]:
        said.append(
            "<p>"
            + escape(
                tr(
                    "Floor: nothing milder than {zone} ({by}).",
                    zone=zone_word_of(shown, str(units.floor[at])),
                    by=units.floor_by[at],
                )
            )
            + "</p>"
        )
    if units.active[at] >= 0:
        counts = tr(
            "{active} active (the day before {active_before}), {new} new in the week (the day "
            "before {new_before}), {confirmed} confirmed to date.",
            active=number(int(units.active[at])),
            active_before=number(int(units.active_before[at])),
            new=number(int(units.new_cases[at])),
            new_before=number(int(units.new_before[at])),
            confirmed=number(int(units.confirmed[at])),
        )
        said.append(f"<p>{escape(counts)}</p>")
    flags = "".join(f'<span class="sm-flag">{escape(flag_word(f))}</span>' for f in units.flags[at])
    return "".join(said) + flags


def _bars(shown: Shown, at: int) -> str:
    rules = {rule.name: rule for rule in shown.found.basis.rule.parameters}
    rows = "".join(
        _bar(name, parameter, rules.get(name), at)
        for name, parameter in shown.units.parameters.items()
    )
    legend = tr("▼ critical, ▽ desirable; ● critical and counts")
    return f'<ul class="sm-bars">{rows}</ul><p class="sm-quiet">{escape(legend)}</p>'


def _bar(name: str, parameter: Parameter, rule: ParameterRule | None, at: int) -> str:
    value, class_ = float(parameter.value[at]), str(parameter.class_[at])
    shown = tr("no growth") if np.isinf(value) else figure(value) if np.isfinite(value) else "–"
    words = class_word(class_) if class_ else ""
    if class_ == "critical" and not parameter.counts[at]:
        words = tr("critical, doesn't count")
    mark = "● " if parameter.counts[at] else ""
    cuts, drawn = "", ""
    if rule is not None:
        cuts = tr(
            "critical {critical}, desirable {desirable}",
            critical=cut_phrase(rule.critical),
            desirable=cut_phrase(rule.desirable),
        )
        drawn = _drawn(value, rule, class_)
    return (
        f"<li><span>{escape(_capital(parameter_word(name)))}</span> <b>{escape(shown)}</b>"
        f'<em class="sm-class sm-{escape(class_ or "none")}">{escape(mark + words)}</em>{drawn}'
        f"<small>{escape(cuts)}</small></li>"
    )


def _drawn(value: float, rule: ParameterRule, class_: str) -> str:
    """Return the bar of a value with the marks of its cuts; the words beside it say the same."""
    reach = BEYOND * max(rule.critical.value, rule.desirable.value)
    share = 0.0 if np.isnan(value) else min(max(value / reach, 0.0), 1.0)
    marks = "".join(
        f'<i class="sm-mark" style="left:{max(100 * cut.value / reach, LEFTMOST):.1f}%">{sign}</i>'
        for sign, cut in (("▼", rule.critical), ("▽", rule.desirable))
    )
    kind = class_ if class_ in ("critical", "intermediate", "desirable") else "none"
    return (
        f'<div class="sm-bar" aria-hidden="true">{marks}'
        f'<i class="sm-fill sm-fill-{kind}" style="width:{100 * share:.1f}%"></i></div>'
    )


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
