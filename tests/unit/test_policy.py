"""Policies of delineation are dated, sourced data, and a faulty one is refused by name."""

from __future__ import annotations

from datetime import date

import pytest

from zoning.errors import RuleError
from zoning.judgement.policy import DEFAULT, POLICIES_DIR, load_policy, policy_ids, read_policy
from zoning.rules.rulebook import load_rule


@pytest.mark.parametrize("policy_id", policy_ids())
def test_every_policy_can_be_read_and_says_what_is_ours(policy_id):
    policy = load_policy(policy_id)
    assert policy.source
    assert policy.ours
    assert policy.touching_m == 0.01
    assert policy.reach(0) == 0.01


def test_the_default_takes_active_from_the_default_rule():
    policy = load_policy(DEFAULT)
    assert policy.active == load_rule("mohfw-2020-05-17").active
    assert policy.confirmed_within_days is None
    assert policy.buffer(None) == 500
    assert not policy.is_in_force(date(2020, 5, 20))
    assert policy.is_in_force(date(2020, 5, 21))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('by = "active_case"', 'by = "feeling"'),
        ('by = "active_case"', 'by = "confirmed_within_days"'),
        ("touching_m = 0.01", "touching_m = 0"),
        ("default_m = 500", "default_m = 60_000"),
        ("[affected]", "[affect]"),
        ('id = "memo-177-cs-2020"', 'id = "other"'),
        ("title =", "title"),
    ],
)
def test_a_faulty_policy_is_refused(tmp_path, old, new):
    text = (POLICIES_DIR / f"{DEFAULT}.toml").read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / f"{DEFAULT}.toml"
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(RuleError, match=DEFAULT):
        read_policy(path)
