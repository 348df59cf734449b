"""The card of one unit: zone, since when, why, and every figure with its parts."""

from __future__ import annotations

from html import escape

import numpy as np
import streamlit as st

from layers.view import MapView, ParameterWords
from layers.words import zone_label
from zoning.i18n.catalogue import tr
from zoning.i18n.forms import day, figure, number
from zoning.judgement.phrases import flag_word
from zoning.model import Classification, Parameter, ParameterClass
from zoning.symbols.palette import zone_styles
from zoning.symbols.swatch import area_svg, as_data_uri


def class_word(class_: str) -> str:
    """Return the word for what one parameter says."""
    return {
        ParameterClass.CRITICAL.value: tr("critical"),
        ParameterClass.INTERMEDIATE.value: tr("intermediate"),
        ParameterClass.DESIRABLE.value: tr("desirable"),
        ParameterClass.INSUFFICIENT.value: tr("too few cases to judge"),
        ParameterClass.NOT_COMPUTABLE.value: tr("not computable"),
        ParameterClass.NOT_SUPPLIED.value: tr("not supplied"),
    }[class_]


# Told by shape as well as by word: filled, half, empty, none.
_MARKS = {"critical": "●", "intermediate": "◐", "desirable": "○"}


def _value(parameter: Parameter, i: int, words: ParameterWords) -> str:
    value = float(parameter.value[i])
    if np.isnan(value):
        return "–"
    if np.isinf(value):
        return tr("no growth")
    return f"{figure(value, words.decimals)} {words.unit}".strip()


def _parts(parameter: Parameter, i: int, words: ParameterWords) -> list[tuple[str, str]]:
    parts = []
    for label, column in (
        (tr("Numerator"), parameter.numerator),
        (tr("Denominator"), parameter.denominator),
    ):
        if np.isfinite(column[i]):
            parts.append((label, number(float(column[i]), 0 if column[i] % 1 == 0 else 1)))
    low, high = float(parameter.low[i]), float(parameter.high[i])
    if np.isfinite(low) and np.isfinite(high):
        parts.append(
            (
                tr("95 % interval"),
                f"{figure(low, words.decimals)} – {figure(high, words.decimals)}",
            )
        )
    if words.marks:
        parts.append((tr("Rule"), words.marks))
    if parameter.class_[i] == ParameterClass.CRITICAL:
        counts = tr("counts towards the zone")
        parts.append(
            (
                tr("Critical value"),
                counts if parameter.counts[i] else tr("does not count: too little behind it"),
            )
        )
    return parts


def _figure_row(parameter: Parameter, i: int, words: ParameterWords) -> str:
    class_ = str(parameter.class_[i])
    parts = "".join(
        f"<dt>{escape(label)}</dt><dd>{escape(value)}</dd>"
        for label, value in _parts(parameter, i, words)
    )
    return (
        f"<details><summary><span>{escape(words.label)}</span>"
        f"<b>{escape(_value(parameter, i, words))}</b>"
        f'<span class="sm-class sm-{escape(class_)}">{_MARKS.get(class_, "–")} '
        f"{escape(class_word(class_))}</span>"
        f'<span class="sm-why">{escape(tr("why?"))}</span></summary><dl>{parts}</dl></details>'
    )


def _zone_line(view: MapView, i: int) -> str:
    zone = zone_label(view, str(view.zone[i]))
    since = view.in_force_since[i]
    if np.isnat(since):
        return tr("{zone}: computed, not in force.", zone=zone)
    first = since.astype("datetime64[D]").item()
    n = (view.as_of.date() - first).days + 1
    return tr("{zone} since {day} (day {n}).", zone=zone, day=day(first), n=max(n, 1))


def _figures(view: MapView, c: Classification, i: int) -> str:
    counts = ""
    if c.active[i] >= 0:
        counts = tr(
            "{active} active of {confirmed} confirmed cases.",
            active=number(int(c.active[i])),
            confirmed=number(int(c.confirmed_total[i])),
        )
        if not np.isnat(c.last_case_on[i]):
            last = c.last_case_on[i].astype("datetime64[D]").item()
            counts = f"{counts} {tr('Last case on {day}.', day=day(last))}"
    rows = "".join(
        _figure_row(c.parameters[words.key], i, words)
        for words in view.parameters
        if words.key in c.parameters
    )
    worst = ""
    if c.zone_worst[i] != c.zone[i]:
        worst = tr(
            "If everything unknown were critical, the rule would say {zone}: no relaxation is due.",
            zone=zone_label(view, str(c.zone_worst[i])),
        )
    surge = tr("New cases surge.") if c.surge[i] else ""
    remarks = "".join(
        f'<span class="sm-flag">{escape(text)}</span>'
        for text in (surge, *(flag_word(flag) for flag in c.flags[i]))
        if text
    )
    return (
        f"<p>{escape(str(c.explanation[i]))}</p>"
        + (f"<p>{escape(worst)}</p>" if worst else "")
        + (f"<p>{remarks}</p>" if remarks else "")
        + f'<p class="sm-quiet">{escape(counts)}</p>{rows}'
    )


def unit_card(view: MapView, i: int) -> None:
    """Draw the card of unit `i` of a view.

    Figures are drawn only where the view has them: never in a public view.
    """
    units = view.units
    style = zone_styles([level.key for level in view.levels])[str(view.zone[i])]
    name = str(units.name[i]) or str(units.unit_id[i])
    below = [str(units.unit_id[i]), str(units.level[i]).replace("_", " ")]
    if not view.is_public and np.isfinite(units.population[i]):
        below.append(tr("{n} people", n=number(float(units.population[i]))))
    figures = ""
    if view.is_seen is not None and not view.is_seen[i]:
        figures = f"<p>{escape(tr('Its figures are seen by those who answer for it.'))}</p>"
    elif view.classification is not None:
        figures = _figures(view, view.classification, i)
    st.html(
        f'<section class="sm-card" aria-live="polite"><header>'
        f'<img src="{as_data_uri(area_svg(style, 40, 30))}" alt="">'
        f'<div><h2>{escape(name)}</h2><div class="sm-quiet">{escape(" · ".join(below))}</div></div>'
        f"</header><p><b>{escape(_zone_line(view, i))}</b></p>{figures}</section>"
    )
