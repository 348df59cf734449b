"""Words for zones, indicators and cuts: one place for sentences, tables and legends."""

from __future__ import annotations

from zoning.i18n import forms
from zoning.i18n.catalogue import marked, tr
from zoning.rules.rulebook import Cut

ZONE_WORDS = {
    "red": marked("red"),
    "orange": marked("orange"),
    "green": marked("green"),
    "unclassified": marked("unclassified"),
}

VALUES = {
    "active_total": marked("{value} active cases"),
    "active_per_lakh": marked("{value} active per lakh"),
    "doubling_days": marked("doubling in {value} days"),
    "cfr_percent": marked("{value} % of cases died"),
    "tests_per_lakh": marked("{value} tests per lakh"),
    "positivity_percent": marked("{value} % of samples positive"),
    "new_cases_7d": marked("{value} new cases in 7 days"),
    "weekly_cases_per_thousand": marked("{value} cases per thousand people in a week"),
    "bed_occupancy_percent": marked("{value} % of beds in use"),
    "oxygen_beds_occupied": marked("{value} oxygen beds in use"),
    "oxygen_icu_occupancy_percent": marked("{value} % of oxygen and intensive-care beds in use"),
}

PARAMETERS = {
    "active_total": marked("active cases"),
    "active_per_lakh": marked("active per lakh"),
    "doubling_days": marked("doubling time (days)"),
    "cfr_percent": marked("case fatality (%)"),
    "tests_per_lakh": marked("tests per lakh"),
    "positivity_percent": marked("positivity (%)"),
    "new_cases_7d": marked("new cases in 7 days"),
    "weekly_cases_per_thousand": marked("weekly cases per thousand"),
    "bed_occupancy_percent": marked("beds in use (%)"),
    "oxygen_beds_occupied": marked("oxygen beds in use"),
    "oxygen_icu_occupancy_percent": marked("oxygen and intensive-care beds in use (%)"),
}

CUTS = {
    "above": marked("above {value}"),
    "at_least": marked("{value} or more"),
    "below": marked("below {value}"),
    "at_most": marked("at most {value}"),
}

FLAGS = {
    "feed_silent": marked("case feed silent"),
    "feed_incomplete": marked("recent days incomplete"),
    "population_unknown": marked("population unknown"),
    "outcome_overdue": marked("outcome overdue"),
    "institutional_cases": marked("cases in institutional quarantine, counted apart"),
    "green_on_no_tests": marked("green on no tests"),
}


def zone_word(zone: str) -> str:
    """Return the word for a zone; a rule's own level names stay as they are."""
    return tr(ZONE_WORDS[zone]) if zone in ZONE_WORDS else zone


def value_phrase(name: str, value: float) -> str:
    """Return an indicator as a phrase: `22.4 active per lakh`."""
    return tr(VALUES[name], value=forms.figure(value))


def parameter_word(name: str) -> str:
    """Return the name of an indicator for people."""
    return tr(PARAMETERS[name])


def cut_phrase(cut: Cut) -> str:
    """Return a cut as words: `above 15`."""
    return tr(CUTS[cut.comparison], value=forms.figure(cut.value))


def flag_word(flag: str) -> str:
    """Return a flag for people."""
    return tr(FLAGS[flag])
