"""A mapping as the text of a mapping file, which `read_mapping` reads back as the same mapping."""

from __future__ import annotations

import json
from collections.abc import Mapping as Pairs
from typing import Any

from zoning.readers.mapping import ISO_WORD, Mapping


def mapping_toml(mapping: Mapping, kind: str) -> str:
    """Return a mapping as the section of one kind of file; sections of several can stand together.

    Parameters
    ----------
    mapping : Mapping
        Names and forms of a file.
    kind : str
        One of `zoning.readers.mapping.KINDS`.
    """
    formats = [form or ISO_WORD for form in mapping.formats]
    dates: dict[str, Any] = {}
    if mapping.date_formats:
        dates = {"formats": formats}
    elif mapping.date_format:
        dates = {"format": formats[0]}
    file = {"encoding": mapping.encoding, "layer": mapping.layer}
    parts: dict[str, Pairs[str, Any]] = {
        "columns": mapping.columns,
        "dates": dates,
        **{f"values.{_key(column)}": pairs for column, pairs in mapping.values.items()},
        "constants": mapping.constants,
        "names": mapping.names,
        "expected": mapping.expected,
        "file": {key: value for key, value in file.items() if value},
        "series": {"kind": mapping.series} if mapping.series else {},
    }
    told = [
        _section(f"{kind}.{part}", pairs)
        for part, pairs in parts.items()
        if pairs or part.startswith("values.")
    ]
    return "\n".join(told)


def _section(name: str, pairs: Pairs[str, Any]) -> str:
    lines = [f"[{name}]", *(f"{_key(key)} = {_value(value)}" for key, value in pairs.items())]
    return "\n".join(lines) + "\n"


def _key(key: str) -> str:
    is_bare = key.isascii() and key.replace("_", "").replace("-", "").isalnum()
    return key if is_bare else _text(key)


def _value(value: Any) -> str:
    if isinstance(value, list):
        return "[" + ", ".join(_text(item) for item in value) + "]"
    return _text(str(value))


def _text(text: str) -> str:
    # What JSON escapes, TOML reads alike; it asks for one more.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
