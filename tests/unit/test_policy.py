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
        ('once_in_force = "mohfw-2020-04-17"', ""),
        ('once_in_force = "mohfw-2020-04-17"', 'once_in_force = "absent"'),
        ('once_in_force = "mohfw-2020-04-17"', 'once_in_force = "memo-177-cs-2020"'),
        ("[affected]", "[denotification]\ndays_without_case = 28\n[affected]"),
        ("[affected]", '[isolation]\nby = "x"\n[affected]'),
    ],
)
def test_a_faulty_policy_is_refused(tmp_path, old, new):
    text = (POLICIES_DIR / f"{DEFAULT}.toml").read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / f"{DEFAULT}.toml"
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(RuleError, match=DEFAULT):
        read_policy(path)


UNION = "mohfw-2020-04-17"


@pytest.mark.parametrize(
    ("policy_id", "days", "contacts", "buffer_m"),
    [
        (UNION, 28, 28, 500),
        ("mohfw-2020-07-29", 14, 14, 500),
        ("kmc-2020-06-05", 14, 14, 500),
        ("karnataka-2020-08-20", 14, 14, 200),
        ("karnataka-2022-01-18", 7, 7, 200),
    ],
)
def test_a_policy_ends_containment_after_the_days_its_source_names(
    policy_id, days, contacts, buffer_m
):
    policy = load_policy(policy_id)
    assert policy.confirmed_within_days == policy.denotification.days_without_case == days
    assert policy.denotification.follow_up.contacts_followed_days == contacts
    assert policy.default_m == buffer_m
    assert policy.once_in_force == policy_id


def test_the_memo_hands_over_to_the_unions_28_days_once_orders_are_in_force():
    memo = load_policy(DEFAULT)
    assert memo.once_in_force == UNION
    assert memo.denotification == load_policy(UNION).denotification
    assert memo.denotification.silent_after_days == 3


@pytest.mark.parametrize("policy_id", policy_ids())
def test_what_governs_in_force_counts_confirmed_cases_and_hands_over_no_further(policy_id):
    governing = load_policy(load_policy(policy_id).once_in_force)
    assert governing.confirmed_within_days
    assert governing.once_in_force == governing.id


@pytest.mark.parametrize("policy_id", policy_ids())
def test_a_policy_is_named_by_authority_and_the_date_it_was_issued(policy_id):
    policy = load_policy(policy_id)
    assert policy_id.endswith(str(policy.issued_on)) or policy_id == DEFAULT


def test_less_than_a_booth_is_closed_only_on_somebodys_word():
    assert not load_policy(DEFAULT).allows_isolation_units
    assert not load_policy(UNION).allows_isolation_units
    assert load_policy("kmc-2020-06-05").allows_isolation_units
    assert "411964" in load_policy("kmc-2020-06-05").isolation_authority


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("days_without_case = 28", "days_without_case = 27"),
        ("days_without_case = 28", ""),
        ("house_round_min_percent = 90", "house_round_min_percent = 0"),
        ("house_round_min_percent = 90", "house_round_min_percent = 100.1"),
        ("house_round_within_days = 7", "house_round_within_days = 0"),
        ("contacts_followed_days = 28", "contacts_followed_days = 1.5"),
        ("contact_attempts_to_close = 3", "contact_attempts_to_close = true"),
        ("block_escalates_after_days = 7", "block_escalates_after_days = -1"),
        ("overdue_after_days = 3", "overdue_after_day = 3"),
        ("overdue_after_days = 3", "overdue_after_days = 3\nblock_days = 1"),
        ("[denotification]", "[ending]"),
    ],
)
def test_a_faulty_way_out_of_a_is_refused(tmp_path, old, new):
    text = (POLICIES_DIR / f"{UNION}.toml").read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / f"{UNION}.toml"
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(RuleError, match=UNION):
        read_policy(path)


def test_a_policy_that_hands_over_to_one_that_hands_over_is_refused(tmp_path):
    text = (POLICIES_DIR / f"{DEFAULT}.toml").read_text(encoding="utf-8")
    path = tmp_path / "other.toml"
    handing = text.replace(f'id = "{DEFAULT}"', 'id = "other"')
    path.write_text(handing.replace(f'"{UNION}"', f'"{DEFAULT}"'), encoding="utf-8")
    with pytest.raises(RuleError, match="hands over itself"):
        read_policy(path)
