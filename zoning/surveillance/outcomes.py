"""Outcomes that arrive later, laid on the cases they speak of."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from zoning.model import Bools, Cases, Ints, Outcomes
from zoning.surveillance.grouping import ends


def with_outcomes(
    cases: Cases, outcomes: Outcomes, cases_from: Ints, outcomes_from: Ints
) -> tuple[Cases, Bools]:
    """Return cases with the outcomes told last, and which outcomes found their case.

    Where a case row and an outcome row both tell an end, the one of the later
    import holds, and the outcome row where both came with one. A case told
    again without an outcome stays as it ended: an empty cell says nothing.

    Parameters
    ----------
    cases : Cases
        Rows of shape (n,), with `case_id` where they have one.
    outcomes : Outcomes
        Rows of shape (m,), of all outcome imports together.
    cases_from, outcomes_from : Ints
        Which import a row came from, shapes (n,) and (m,); a larger number came later.

    Returns
    -------
    cases : Cases
        The same rows.
    is_known : Bools
        Shape (m,); where it is false no case has that id yet: the outcome waits for its case.
    """
    known = np.zeros(len(outcomes), dtype=bool)
    if cases.case_id is None or not len(outcomes) or not len(cases):
        return cases, known
    told = outcomes.case_id.astype(str)
    order = np.lexsort((outcomes_from, told))
    last = order[ends(told[order])]
    ids = told[last]
    case_id = cases.case_id.astype(str)
    at = np.minimum(np.searchsorted(ids, case_id), len(ids) - 1)
    is_told = ids[at] == case_id
    row = last[at]
    holds = is_told & ((cases.outcome == 0) | (outcomes_from[row] >= cases_from))
    changed = replace(
        cases,
        outcome=np.where(holds, outcomes.outcome[row], cases.outcome),
        outcome_on=np.where(holds, outcomes.outcome_on[row], cases.outcome_on),
    )
    has_case = np.zeros(len(ids), dtype=bool)
    has_case[at[is_told]] = True
    known = has_case[np.searchsorted(ids, told)]
    return changed, known
