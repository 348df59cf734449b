"""Canonical JSON: one value has one sequence of bytes, so that its hash can be computed anywhere.

As RFC 8785 (JSON Canonicalization Scheme, 2020) has it: UTF-8, keys sorted, no blanks. Floats,
whose text differs from program to program, are refused; a measured value travels as text.
"""

from __future__ import annotations

import json
from typing import Any

from zoning.errors import OrderError
from zoning.i18n.catalogue import tr

# Beyond this, other programs read a JSON number as a rounded one (RFC 8785, section 3.1).
_WHOLE_MAX = 2**53 - 1

# Letters that a refusal shows before the fault.
SHOWN = 20


def canonical_json(value: Any) -> bytes:
    """Return a value as canonical JSON (RFC 8785), the same bytes wherever it is written.

    Parameters
    ----------
    value : dict, list, str, int, bool or None
        Nested as it likes; no floats, whose text differs from program to program.

    Raises
    ------
    OrderError
        If it holds a float, a whole number that JSON would round, a key that isn't text, or half
        a character.
    """
    _refuse_ambiguous(value)
    text = json.dumps(_sorted(value), ensure_ascii=False, separators=(",", ":"))
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError as fault:
        raise OrderError(
            tr(
                "The annex holds half a character behind “{text}”; write the text there anew.",
                text=text[max(0, fault.start - SHOWN) : fault.start],
            )
        ) from fault


def _sorted(value: Any) -> Any:
    if isinstance(value, dict):
        # RFC 8785 sorts by UTF-16 code units.
        keys = sorted(value, key=lambda key: key.encode("utf-16-be", "surrogatepass"))
        return {key: _sorted(value[key]) for key in keys}
    return [_sorted(item) for item in value] if isinstance(value, list | tuple) else value


def _refuse_ambiguous(value: Any) -> None:
    if isinstance(value, dict):
        for key, item in value.items():
            _refuse_ambiguous(item if isinstance(key, str) else (key, 0.0))
    elif isinstance(value, list | tuple):
        for item in value:
            _refuse_ambiguous(item)
    elif isinstance(value, int) and abs(value) <= _WHOLE_MAX:
        return
    elif not (value is None or isinstance(value, str)):
        raise OrderError(
            tr(
                "The annex holds {value}, which JSON doesn't write the same way everywhere; "
                "give whole numbers, and measured values as text.",
                value=repr(value),
            )
        )
