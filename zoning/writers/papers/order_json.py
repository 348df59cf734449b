"""An order as JSON for other programs: codes and moments, the same in every language."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from zoning.clock import IST
from zoning.orders.paper import OrderPaper

FORM = "seemana-order/1"


def order_json(paper: OrderPaper, list_sha256: str = "") -> bytes:
    """Return the public part of an order as JSON, in UTF-8.

    Parameters
    ----------
    paper : OrderPaper
        The public part; a count has no place in it.
    list_sha256 : str
        Hash of `booths.csv`, where the booths are a file of their own.
    """
    told: dict[str, Any] = {"form": FORM} | asdict(paper)
    told["translations"] = {code: dict(texts) for code, texts in paper.translations.items()}
    told["booths_csv_sha256"] = list_sha256
    return as_json(told)


def as_json(told: dict[str, Any]) -> bytes:
    """Return values as JSON, in UTF-8: moments in Indian time with offset, days as ISO 8601."""
    text = json.dumps(told, ensure_ascii=False, indent=1, default=_stamp, allow_nan=False)
    return text.encode("utf-8") + b"\n"


def _stamp(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(IST).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no form in JSON")
