"""Parts of a case file as one table."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from tests.builders import cases_of, coded
from zoning.model import join_cases


def test_codes_of_all_parts_mean_the_same_texts_afterwards():
    one = cases_of([{"unit": "a", "ago": 1}, {"unit": "b", "ago": 2}])
    two = cases_of([{"unit": "b", "ago": 3}, {"unit": "", "ago": 4}])
    joined = join_cases([one, two])
    texts = ["" if c < 0 else str(joined.unit_id.values[c]) for c in joined.unit_id.codes]
    assert texts == ["a", "b", "b", ""]


def test_a_column_that_only_some_parts_have_is_empty_for_the_others():
    one = cases_of([{"unit": "a", "ago": 1}])
    two = replace(one, lon=np.array([88.0]), lat=np.array([22.0]), address=coded(["Park St"]))
    joined = join_cases([one, two])
    assert np.isnan(joined.lon[0])
    assert joined.lon[1] == 88.0
    assert joined.address.codes.tolist() == [-1, 0]
    assert joined.case_id is None
