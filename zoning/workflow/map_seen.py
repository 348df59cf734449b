"""What of a view somebody sees who answers for an area: every colour, and the figures there."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from layers.view import MapView
from zoning.model import Bools, Classification, DoublingState, Parameter, ParameterClass
from zoning.workflow.map_words import key_figures


def only_seen(view: MapView, seen: frozenset[str]) -> MapView:
    """Return a view without the figures of the units that aren't seen.

    They are taken out, not covered: what a browser or a table is handed doesn't hold
    them, whatever code is written into the address.

    Parameters
    ----------
    view : MapView
        The whole.
    seen : frozenset of str
        Units whose figures may be seen, of every level.
    """
    is_seen = np.array([code in seen for code in view.units.unit_id], dtype=np.bool_)
    result = view.classification
    if result is None:
        return replace(view, is_seen=is_seen)
    masked = _masked(result, is_seen)
    return replace(
        view, is_seen=is_seen, classification=masked, key_figures=key_figures(masked, is_seen)
    )


def _masked(result: Classification, is_seen: Bools) -> Classification:
    def kept(values: Any, hidden: Any) -> Any:
        return np.where(is_seen, values, hidden).astype(values.dtype)

    return replace(
        result,
        zone_worst=kept(result.zone_worst, result.zone),
        confirmed_total=kept(result.confirmed_total, -1),
        active=kept(result.active, -1),
        parameters={name: _of(p, is_seen) for name, p in result.parameters.items()},
        doubling_state=kept(result.doubling_state, DoublingState.NOT_COMPUTABLE.value),
        surge=result.surge & is_seen,
        last_case_on=kept(result.last_case_on, np.datetime64("NaT", "D")),
        flags=tuple(
            flags if here else () for flags, here in zip(result.flags, is_seen, strict=True)
        ),
        explanation=kept(result.explanation, ""),
    )


def _of(parameter: Parameter, is_seen: Bools) -> Parameter:
    nothing = ParameterClass.NOT_SUPPLIED.value
    return Parameter(
        value=np.where(is_seen, parameter.value, np.nan),
        class_=np.where(is_seen, parameter.class_, nothing).astype(object),
        counts=parameter.counts & is_seen,
        numerator=np.where(is_seen, parameter.numerator, np.nan),
        denominator=np.where(is_seen, parameter.denominator, np.nan),
        low=np.where(is_seen, parameter.low, np.nan),
        high=np.where(is_seen, parameter.high, np.nan),
    )
