"""Whom a direction names, by whole words, in the forms that orders write."""

from __future__ import annotations

import pytest

from zoning.orders.action_by import names_role


@pytest.mark.parametrize(
    ("action_by", "role", "level", "is_named"),
    [
        ("BDO", "enforcement", "block", True),
        ("B.D.O., Barasat-I", "enforcement", "block", True),
        ("All BDOs and SDOs", "enforcement", "block", True),
        ("Block Development Officers", "enforcement", "block", True),
        ("Sub-divisional Officer", "enforcement", "block", False),
        ("Sub-divisional Officer", "enforcement", "municipality", True),
        ("Municipal Commissioner", "enforcement", "corporation", True),
        ("Municipal Commissioner", "enforcement", "block", False),
        ("Commissioner of Police", "commissioner", "corporation", False),
        ("Commissioner, KMC", "commissioner", "corporation", True),
        ("ADM (Health)", "district_magistrate", "district", False),
        ("DM", "district_magistrate", "district", True),
        ("Incidence Commander", "incident_commander", "ward", True),
        ("বিডিও", "enforcement", "block", True),
        ("All concerned", "cmoh", "district", True),
        ("CMOH", "cmoh", "", True),
        ("", "enforcement", "block", False),
        ("BDOS Ltd", "observer", "block", False),
    ],
)
def test_an_office_is_named_by_its_words_in_its_kind_of_area(action_by, role, level, is_named):
    assert names_role(action_by, role, level) is is_named
