"""Words for zones, indicators and cuts: one place for sentences, tables and legends."""

from __future__ import annotations

from zoning.i18n import forms
from zoning.i18n.catalogue import tr
from zoning.model import Zone
from zoning.rules.rulebook import Cut


def zone_word(zone: str) -> str:
    """Return the word for a zone; a rule's own level names stay as they are."""
    words = {
        Zone.RED: tr("red"),
        Zone.ORANGE: tr("orange"),
        Zone.GREEN: tr("green"),
        Zone.UNCLASSIFIED: tr("unclassified"),
    }
    return words.get(Zone(zone), zone) if zone in set(Zone) else zone


def value_phrase(name: str, value: float) -> str:
    """Return an indicator as a phrase: `22.4 active per lakh`."""
    phrases = {
        "active_total": tr("{value} active cases"),
        "active_per_lakh": tr("{value} active per lakh"),
        "doubling_days": tr("doubling in {value} days"),
        "cfr_percent": tr("{value} % of cases died"),
        "tests_per_lakh": tr("{value} tests per lakh"),
        "positivity_percent": tr("{value} % of samples positive"),
        "new_cases_7d": tr("{value} new cases in 7 days"),
        "weekly_cases_per_thousand": tr("{value} cases per thousand people in a week"),
        "bed_occupancy_percent": tr("{value} % of beds in use"),
        "oxygen_beds_occupied": tr("{value} oxygen beds in use"),
        "oxygen_icu_occupancy_percent": tr("{value} % of oxygen and intensive-care beds in use"),
    }
    return phrases[name].format(value=forms.figure(value))


def parameter_word(name: str) -> str:
    """Return the name of an indicator for people."""
    return {
        "active_total": tr("active cases"),
        "active_per_lakh": tr("active per lakh"),
        "doubling_days": tr("doubling time (days)"),
        "cfr_percent": tr("case fatality (%)"),
        "tests_per_lakh": tr("tests per lakh"),
        "positivity_percent": tr("positivity (%)"),
        "new_cases_7d": tr("new cases in 7 days"),
        "weekly_cases_per_thousand": tr("weekly cases per thousand"),
        "bed_occupancy_percent": tr("beds in use (%)"),
        "oxygen_beds_occupied": tr("oxygen beds in use"),
        "oxygen_icu_occupancy_percent": tr("oxygen and intensive-care beds in use (%)"),
    }[name]


def cut_phrase(cut: Cut) -> str:
    """Return a cut as words: `above 15`."""
    words = {
        "above": tr("above {value}"),
        "at_least": tr("{value} or more"),
        "below": tr("below {value}"),
        "at_most": tr("at most {value}"),
    }
    return words[cut.comparison].format(value=forms.figure(cut.value))
