"""Outcomes told after their cases: each case gets what was told of it last."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from zoning.model import Cases, Ints, Outcomes


def with_outcomes(cases: Cases, outcomes: Outcomes, told_by: Ints) -> Cases:
    """Return the cases with the outcomes that were told later.

    What was told last counts. A case told again without an outcome says nothing
    about it, so an outcome told before stays.

    Parameters
    ----------
    cases : Cases
        Rows with `case_id` and `import_id`; rows without either stay as they are.
    outcomes : Outcomes
        Later outcomes, shape (m,); one with code 0 takes an earlier one back.
    told_by : Ints
        Import of each of them; a larger number was told later, shape (m,).
    """
    if cases.case_id is None or cases.import_id is None or not len(outcomes):
        return cases
    newest = pd.DataFrame({"case_id": outcomes.case_id, "told_by": told_by, "row": outcomes.row})
    newest = newest.sort_values(["told_by", "row"]).drop_duplicates("case_id", keep="last")
    position = pd.Series(newest.index.to_numpy(), index=newest["case_id"])
    found = position.reindex(pd.Index(cases.case_id)).to_numpy()
    is_told = ~np.isnan(found) & (cases.case_id != "")
    index = np.where(is_told, found, 0).astype(np.int64)
    is_later = is_told & ((told_by[index] > cases.import_id) | (cases.outcome == 0))
    return replace(
        cases,
        outcome=np.where(is_later, outcomes.outcome[index], cases.outcome).astype(np.int8),
        outcome_on=np.where(is_later, outcomes.outcome_on[index], cases.outcome_on),
    )
