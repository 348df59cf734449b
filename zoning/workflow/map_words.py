"""Sentences and figures around the map, from a rule, its result and the moment."""

from __future__ import annotations

from datetime import date, datetime

from layers.view import KeyFigure, ParameterWords
from zoning import clock
from zoning.i18n import forms
from zoning.i18n.catalogue import tr, tr_n
from zoning.judgement.phrases import cut_phrase, parameter_word
from zoning.model import Bools, Classification, Level, Parameter, ParameterClass, Texts, Units, Zone
from zoning.places.ground import are_without_area
from zoning.rules.rulebook import ParameterRule, Rule

SHOWN_CODES = 12
KEY_PARAMETERS = ("active_per_lakh", "doubling_days", "positivity_percent")


def headline(units: Units, zone: Texts, rule: Rule, through: date | None) -> str:
    """Return the answer to the screen's question, in one sentence with a number and a day."""
    if not len(units):
        return tr("No boundaries yet.")
    strictest = rule.zones[-1]
    sentence = tr(
        "{n} of {all} {units} are {zone}",
        n=forms.number(int((zone == strictest.key).sum())),
        all=forms.number(len(units)),
        units=_unit_words(units),
        zone=strictest.label.lower(),
    )
    if through is None:
        return tr("{answer}; no cases are known yet.", answer=sentence)
    return tr("{answer}; data to {day}.", answer=sentence, day=forms.day(through))


def _unit_words(units: Units) -> str:
    words = {
        Level.WARD.value: tr("wards"),
        Level.GRAM_PANCHAYAT.value: tr("gram panchayats"),
    }
    present = [words[level] for level in words if (units.level == level).any()]
    return tr(" and ").join(present) or tr("units")


def key_figures(result: Classification, is_seen: Bools | None = None) -> tuple[KeyFigure, ...]:
    """Return the figures beside the headline, of the units seen alone where not all are."""
    active = result.active[result.active >= 0]
    confirmed = result.confirmed_total[result.confirmed_total >= 0]
    is_unclassified = result.zone == Zone.UNCLASSIFIED.value
    unclassified = int((is_unclassified if is_seen is None else is_unclassified & is_seen).sum())
    figures = [
        KeyFigure(tr("Active cases"), forms.number(int(active.sum()))),
        KeyFigure(tr("Confirmed to date"), forms.number(int(confirmed.sum()))),
        KeyFigure(
            tr("Surging"),
            forms.number(int(result.surge.sum())),
            tr_n("unit", "units", int(result.surge.sum())),
        ),
    ]
    if unclassified:
        figures.append(KeyFigure(tr("Unclassified"), forms.number(unclassified)))
    return tuple(figures)


def parameter_words(rule: Rule, result: Classification | None) -> tuple[ParameterWords, ...]:
    """Return how each parameter of a result is written."""
    if result is None:
        return ()
    rules = {parameter.name: parameter for parameter in rule.parameters}
    return tuple(
        ParameterWords(
            key=name,
            label=_capital(parameter_word(name)),
            unit="",
            decimals=1,
            marks=_marks(rules.get(name), rule, name),
            is_key=name in KEY_PARAMETERS,
        )
        for name in result.parameters
        # Every table and card shows the active cases anyway.
        if name != "active_total" or result.parameters[name].counts.any()
    )


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _marks(parameter: ParameterRule | None, rule: Rule, name: str) -> str:
    if parameter is not None:
        return tr(
            "critical {critical}, desirable {desirable}",
            critical=cut_phrase(parameter.critical),
            desirable=cut_phrase(parameter.desirable),
        )
    labels = {level.key: level.label for level in rule.zones}
    steps = [
        tr("{zone} {cut}", zone=labels[step.zone], cut=cut_phrase(step.cut))
        for step in rule.steps
        if step.indicator == name
    ]
    return ", ".join(steps)


def notes(rule: Rule, result: Classification | None, units: Units) -> tuple[str, ...]:
    """Return sentences on what the zones rest on, and what they lack."""
    notes = [rule.ours] if rule.ours else []
    undrawn = units.unit_id[are_without_area(units)]
    # Before any boundary has a polygon the map says so itself.
    if 0 < len(undrawn) < len(units):
        notes.append(
            tr_n(
                "{n} unit has no polygon and isn't drawn: {units}.",
                "{n} units have no polygon and aren't drawn: {units}.",
                len(undrawn),
                units=_first_of(undrawn),
            )
        )
    if result is not None:
        missing = [name for name, p in result.parameters.items() if _is_absent(p)]
        if missing:
            notes.append(
                tr(
                    "Not supplied, and so not judged: {parameters}.",
                    parameters=", ".join(parameter_word(name) for name in missing),
                )
            )
    return tuple(notes)


def _first_of(codes: Texts) -> str:
    shown = tr(", ").join(codes[:SHOWN_CODES].tolist())
    return shown if len(codes) <= SHOWN_CODES else tr("{codes} and others", codes=shown)


def _is_absent(parameter: Parameter) -> bool:
    return bool((parameter.class_ == ParameterClass.NOT_SUPPLIED.value).all())


def stale_warning(rule: Rule, through: date | None, at: datetime) -> str:
    """Return a sentence where the case data is too old to conclude from, else nothing."""
    if through is None:
        return ""
    late = (clock.today_ist(at) - through).days
    if late <= rule.silent_after_days:
        return ""
    return tr(
        "The case data ends on {day}, {late} days ago. Nothing is concluded from silence.",
        day=forms.day(through),
        late=forms.number(late),
    )
