"""What a rule says of every unit."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from zoning.model.arrays import Bools, Days, Floats, Ints, Texts


@dataclass(frozen=True)
class Parameter:
    """One prescribed parameter over all units.

    Attributes
    ----------
    value : Floats
        Shape (n,); NaN where not computable, infinity where growth is nil.
    class_ : Texts
        `ParameterClass` values.
    counts : Bools
        Whether a critical value counts towards the zone.
    numerator, denominator : Floats
        What the value was computed from; NaN where there is none.
    low, high : Floats
        95 % interval in the unit of `value`; NaN where there is none.
    """

    value: Floats
    class_: Texts
    counts: Bools
    numerator: Floats
    denominator: Floats
    low: Floats
    high: Floats


@dataclass(frozen=True)
class Classification:
    """What a rule says of every unit on one day.

    Attributes
    ----------
    rule_id : str
        The rule set applied.
    on : np.datetime64
        Day judged.
    reported_through : Days
        Day through which the feeds of each unit are complete, shape (n,); NaT where none is known.
    unit_id, name : Texts
        Shape (n,), in the order of the units.
    zone, zone_worst : Texts
        Level names of the rule, or `unclassified`.
    confirmed_total, active : Ints
        Counts behind the parameters; -1 where no cases were supplied.
    parameters : dict[str, Parameter]
        By parameter name, in the order of the rule.
    doubling_state : Texts
        `DoublingState` values.
    surge : Bools
        Whether new cases of the last week surge.
    last_case_on : Days
        NaT where there was no case.
    flags : tuple[tuple[str, ...], ...]
        Keys such as `feed_silent`, one tuple a unit.
    explanation : Texts
        One sentence a unit.
    """

    rule_id: str
    on: np.datetime64
    reported_through: Days
    unit_id: Texts
    name: Texts
    zone: Texts
    zone_worst: Texts
    confirmed_total: Ints
    active: Ints
    parameters: dict[str, Parameter]
    doubling_state: Texts
    surge: Bools
    last_case_on: Days
    flags: tuple[tuple[str, ...], ...]
    explanation: Texts

    def __len__(self) -> int:
        return len(self.unit_id)

    @property
    def data_through(self) -> np.datetime64:
        """Return the latest day through which the feeds of any unit are complete; NaT for none."""
        known = self.reported_through[~np.isnat(self.reported_through)]
        return np.datetime64(known.max() if len(known) else "NaT", "D")
