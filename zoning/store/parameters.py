"""Parameters of a classification as one JSON object a unit.

A number that isn't there (NaN) is left out and infinity is the text `inf`:
JSON has neither.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from zoning.model import Floats, Parameter

_NUMBERS = ("value", "numerator", "denominator", "low", "high")


def pack_parameters(parameters: Mapping[str, Parameter], n: int) -> list[dict[str, Any]]:
    """Return one object for each of `n` units: by parameter name what is known of it."""
    packed: list[dict[str, Any]] = [{} for _ in range(n)]
    for name, parameter in parameters.items():
        classes = parameter.class_.tolist()
        counts = parameter.counts.tolist()
        numbers = {key: getattr(parameter, key).tolist() for key in _NUMBERS}
        for i, unit in enumerate(packed):
            one: dict[str, Any] = {"class": str(classes[i]), "counts": counts[i]}
            for key, values in numbers.items():
                value = values[i]
                if not math.isnan(value):
                    one[key] = value if math.isfinite(value) else f"{value}"
            unit[name] = one
    return packed


def unpack_parameters(
    names: Sequence[str], packed: Sequence[Mapping[str, Any]]
) -> dict[str, Parameter]:
    """Return the parameters that `pack_parameters` packed, in the order of `names`."""
    return {name: _unpack([unit[name] for unit in packed]) for name in names}


def _unpack(units: Sequence[Mapping[str, Any]]) -> Parameter:
    def numbers(key: str) -> Floats:
        return np.array([float(unit.get(key, "nan")) for unit in units], dtype=np.float64)

    return Parameter(
        value=numbers("value"),
        class_=np.array([unit["class"] for unit in units], dtype=object),
        counts=np.array([unit["counts"] for unit in units], dtype=np.bool_),
        numerator=numbers("numerator"),
        denominator=numbers("denominator"),
        low=numbers("low"),
        high=numbers("high"),
    )
