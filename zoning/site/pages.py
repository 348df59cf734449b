"""What the public may read of the zones in force, as one page and as JSON."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date, datetime
from html import escape

from zoning.i18n import forms
from zoning.i18n.catalogue import language, tr


@dataclass(frozen=True)
class PublicUnit:
    """One unit as everyone may see it; `since` is None where no order speaks of it."""

    unit_id: str
    name: str
    zone: str
    since: date | None


@dataclass(frozen=True)
class PublicState:
    """The zones in force at a moment; `order` is empty where none is in force."""

    as_of: datetime
    order: str
    is_fictional: bool
    units: tuple[PublicUnit, ...]


def zones_json(state: PublicState) -> str:
    """Return the state as JSON with stable keys."""
    units = [
        asdict(unit) | {"since": None if unit.since is None else unit.since.isoformat()}
        for unit in state.units
    ]
    return json.dumps(
        {
            "as_of": state.as_of.isoformat(),
            "order": state.order,
            "is_fictional": state.is_fictional,
            "units": units,
        },
        ensure_ascii=False,
        indent=1,
    )


def zones_page(state: PublicState) -> str:
    """Return a page that needs no script, no style file and nothing from elsewhere."""
    title = tr("Zones in force")
    basis = (
        tr("Order {order}, as of {moment}.", order=state.order, moment=forms.moment(state.as_of))
        if state.order
        else tr("No order is in force, as of {moment}.", moment=forms.moment(state.as_of))
    )
    fiction = tr("This district is fictional.") if state.is_fictional else ""
    head = "".join(
        f'<th scope="col">{escape(word)}</th>'
        for word in (tr("Code"), tr("Name"), tr("Zone"), tr("Since"))
    )
    rows = "\n".join(_row(unit) for unit in state.units)
    return (
        f'<!doctype html>\n<html lang="{language()}"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title>\n"
        "<style>body{font:1rem/1.5 system-ui,sans-serif;margin:1rem auto;max-width:50rem;"
        "padding:0 1rem}table{border-collapse:collapse;width:100%}"
        "th,td{border-bottom:1px solid #767676;padding:.3rem .5rem;text-align:left}</style>\n"
        f"<h1>{escape(title)}</h1>\n<p>{escape(basis)} <b>{escape(fiction)}</b></p>\n"
        f"<table><thead><tr>{head}</tr></thead><tbody>\n{rows}\n</tbody></table></html>\n"
    )


def _row(unit: PublicUnit) -> str:
    since = "" if unit.since is None else forms.day(unit.since)
    cells = (unit.unit_id, unit.name, unit.zone, since)
    return "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>"
