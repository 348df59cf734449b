"""Every published rule set, on both sides of every cut."""

from __future__ import annotations

import numpy as np
import pytest

from tests.builders import ON, cases_of, samples_of, table_units
from tests.judging import judge, zone_of
from zoning.errors import RuleError
from zoning.judgement.classify import classify
from zoning.rules.rulebook import Cut, load_rule, read_rule, rule_ids
from zoning.surveillance.indicators import Indicators, Measure, measure

LADDERS = [rule_id for rule_id in rule_ids() if load_rule(rule_id).method == "ladder"]


def published(rule_id: str, **values: float):
    units = table_units({"1": 10_000.0})
    rule = load_rule(rule_id)
    blank = measure(units, None, None, rule)
    nothing = np.full(1, np.nan)
    told = {name: Measure(np.array([v]), nothing, nothing) for name, v in values.items()}
    indicators = Indicators(
        **{
            **blank.__dict__,
            "measures": {**blank.measures, **told},
            "is_published": True,
        }
    )
    return classify(units, indicators, rule, np.datetime64(ON), np.datetime64("NaT", "D"))


def just_outside(cut: Cut) -> float:
    return {
        "above": cut.value,
        "at_least": cut.value - 0.001,
        "below": cut.value,
        "at_most": cut.value + 0.001,
    }[cut.comparison]


def just_inside(cut: Cut) -> float:
    return {
        "above": cut.value + 0.001,
        "at_least": cut.value,
        "below": cut.value - 0.001,
        "at_most": cut.value,
    }[cut.comparison]


@pytest.mark.parametrize("rule_id", rule_ids())
def test_every_rule_set_has_an_id_a_date_and_a_source(rule_id):
    rule = load_rule(rule_id)
    assert rule.id == rule_id
    assert rule.source
    assert rule.valid_to is None or rule.valid_from <= rule.valid_to


@pytest.mark.parametrize(
    ("rule_id", "step"),
    [(rule_id, step) for rule_id in LADDERS for step in load_rule(rule_id).steps],
    ids=lambda x: x if isinstance(x, str) else f"{x.zone}-{x.indicator}",
)
def test_a_ladder_reaches_a_step_exactly_where_its_cut_says(rule_id, step):
    keys = [zone.key for zone in load_rule(rule_id).zones]
    inside = published(rule_id, **{step.indicator: just_inside(step.cut)}).zone[0]
    outside = published(rule_id, **{step.indicator: just_outside(step.cut)}).zone[0]
    assert inside == step.zone
    assert keys.index(outside) == keys.index(step.zone) - 1


@pytest.mark.parametrize(
    ("rule_id", "cuts"),
    [
        ("kerala-tpr-2021-06-16", (8, 20, 30)),
        ("kerala-tpr-2021-06-22", (8, 16, 24)),
        ("kerala-tpr-2021-07-01", (6, 12, 18)),
        ("kerala-tpr-2021-07-08", (5, 10, 15)),
    ],
)
def test_kerala_cuts_are_the_published_ones_and_a_value_on_a_cut_takes_the_upper_class(
    rule_id, cuts
):
    zones = [published(rule_id, positivity_percent=float(cut)).zone[0] for cut in cuts]
    below = [published(rule_id, positivity_percent=cut - 0.01).zone[0] for cut in cuts]
    assert zones == ["B", "C", "D"]
    assert below == ["A", "B", "C"]


@pytest.mark.parametrize(
    ("level", "positivity", "cases", "beds"),
    [
        ("yellow", 0.5, 1_500, 500),
        ("amber", 1, 3_500, 700),
        ("orange", 2, 9_000, 1_000),
        ("red", 5, 16_000, 3_000),
    ],
)
def test_any_one_of_three_figures_raises_the_alert_in_delhi(level, positivity, cases, beds):
    grap = "delhi-grap-2021"
    assert published(grap, positivity_percent=positivity + 0.01).zone[0] == level
    assert published(grap, new_cases_7d=cases, oxygen_beds_occupied=0).zone[0] == level
    assert published(grap, new_cases_7d=0, oxygen_beds_occupied=beds).zone[0] == level


def test_delhi_needs_the_positivity_on_two_days():
    units, cases = table_units({"1": 1e6}), cases_of([{"unit": "1", "ago": 0}])
    once = judge(units, cases, samples_of([("1", 0, 100, 6), ("1", 1, 100, 0)]), "delhi-grap-2021")
    twice = judge(units, cases, samples_of([("1", 0, 100, 6), ("1", 1, 100, 7)]), "delhi-grap-2021")
    assert zone_of(once, "1") == "normal"
    assert zone_of(twice, "1") == "red"


def test_weekly_positivity_ignores_samples_older_than_a_week():
    units, cases = table_units({"1": 1e6}), cases_of([{"unit": "1", "ago": 0}])
    tests = samples_of([("1", 7, 100, 90), ("1", 6, 100, 9)])
    assert zone_of(judge(units, cases, tests, "mha-2021-04-25"), "1") == "ordinary"


@pytest.mark.parametrize(
    ("positivity", "beds", "zone"),
    [
        (9.99, 60, "ordinary"),
        (10, 0, "local_containment"),
        (0, 60.01, "local_containment"),
    ],
)
def test_mha_contains_from_10_percent_positivity_or_above_60_percent_of_beds(
    positivity, beds, zone
):
    result = published("mha-2021-04-25", positivity_percent=positivity, bed_occupancy_percent=beds)
    assert result.zone[0] == zone


@pytest.mark.parametrize(("ago", "zone"), [(20, "orange"), (21, "green")])
def test_the_letter_of_30_april_goes_by_21_days_without_a_case(ago, zone):
    units = table_units({"1": np.nan})
    result = judge(units, cases_of([{"unit": "1", "ago": ago}]), rule_id="mohfw-2020-04-30")
    assert zone_of(result, "1") == zone


def test_a_ladder_without_any_figure_is_unclassified():
    assert published("kerala-tpr-2021-06-16").zone[0] == "unclassified"


def test_a_missing_figure_of_a_ladder_makes_the_worst_zone_the_strictest():
    result = published("delhi-grap-2021", new_cases_7d=0, oxygen_beds_occupied=np.nan)
    assert (result.zone[0], result.zone_worst[0]) == ("normal", "red")


@pytest.mark.parametrize(
    ("burden", "doubling", "zone"),
    [(15.0, 13.0, "orange"), (15.01, 13.99, "red"), (15.01, 14.0, "orange"), (60.01, 99, "red")],
)
def test_published_figures_are_judged_without_the_case_rules(burden, doubling, zone):
    result = published("mohfw-2020-05-17", active_per_lakh=burden, doubling_days=doubling)
    assert result.zone[0] == zone


def test_an_unknown_rule_set_is_refused_with_the_known_ones():
    with pytest.raises(RuleError, match="mohfw-2020-05-17"):
        load_rule("mohfw-1999")


def test_a_rule_file_without_source_is_refused(tmp_path):
    from zoning.rules.rulebook import RULES_DIR

    text = (RULES_DIR / "mha-2021-04-25.toml").read_text()
    path = tmp_path / "mha-2021-04-25.toml"
    path.write_text(text[: text.index("source")] + text[text.index("[[zone]]") :])
    with pytest.raises(RuleError, match="source"):
        read_rule(path)
