"""Rows of a file held against the area of who brings it in; foreign ones are rejected and told."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import fields, replace
from datetime import datetime
from typing import Any, TypeVar

import numpy as np
import shapely
from sqlalchemy.orm import Session

from zoning.access import allowed_units
from zoning.i18n.catalogue import tr
from zoning.model import Bools, Coded, Facilities, Finding, Ints, RowAccount, Texts, Units
from zoning.store.booths import read_booths
from zoning.store.editions import BOOTH_LEVEL, edition_in_force
from zoning.store.imports import ImportKind
from zoning.store.order_booths import categories_in_force
from zoning.workflow.actor import Who, area_of, standing_of
from zoning.workflow.kind_rights import RIGHTS

T = TypeVar("T")


def is_bound(who: Who) -> bool:
    """Return whether somebody acts for less than the whole state."""
    return area_of(who) is not None


def own(who: Who, kind: ImportKind, unit_id: Texts) -> Bools:
    """Return which rows lie where somebody may bring such facts in, shape (n,).

    Parameters
    ----------
    who : str or Actor
        Who brings them.
    kind : ImportKind
        What they are.
    unit_id : Texts
        Unit of each row, shape (n,); empty where it has none, which is nobody's own.
    """
    right = RIGHTS[kind]
    return allowed_units(standing_of(who), right.bring, unit_id, right.subject)


def without_foreign(
    content: T, account: RowAccount, row: Ints, is_own: Bools, unit_id: Texts
) -> tuple[T, RowAccount]:
    """Return content without the rows that aren't one's own, and the account with them rejected.

    Parameters
    ----------
    content : dataclass of columns
        Table of n rows.
    account : RowAccount
        Of the file.
    row : Ints
        Data row of each, shape (n,).
    is_own : Bools
        Which stay, shape (n,).
    unit_id : Texts
        Unit of each for the sentence, shape (n,); empty where none is known.
    """
    if is_own.all():
        return content, account
    return taken(content, is_own), with_rejected(account, row, is_own, unit_id)


def with_rejected(account: RowAccount, row: Ints, is_own: Bools, unit_id: Texts) -> RowAccount:
    """Return an account in which rows that aren't one's own are rejected."""
    findings = tuple(
        Finding(int(row[i]), "outside_own_area", _sentence(str(unit_id[i])), rejects=True)
        for i in np.flatnonzero(~is_own)
    )
    n = len(findings)
    return replace(
        account,
        taken=account.taken - n,
        rejected=account.rejected + n,
        findings=account.findings + findings,
    )


def _sentence(unit_id: str) -> str:
    if not unit_id:
        return tr("nothing tells that it lies in your area; say where it is")
    return tr(
        "it lies in {unit}, outside your area; give it to those who answer there", unit=unit_id
    )


def taken(content: T, chosen: Bools) -> T:
    """Return some rows of a table, by mask; whatever has no rows stays."""
    columns: dict[str, Any] = {}
    for column in fields(content):  # type: ignore[arg-type]
        values = getattr(content, column.name)
        if isinstance(values, Coded):
            columns[column.name] = values.take(chosen)
        elif isinstance(values, np.ndarray):
            columns[column.name] = values[chosen]
    return replace(content, **columns)  # type: ignore[type-var]


def units_of_areas(session: Session, at: datetime) -> Mapping[str, Collection[str]]:
    """Return the units of each booth and containment zone known at a moment, by code.

    A zone may lie in several units; a booth whose list names no unit is left out
    until an order does.
    """
    found: dict[str, set[str]] = {}
    edition = edition_in_force(session, at, level=BOOTH_LEVEL)
    if edition is not None:
        booths = read_booths(session, edition.edition_id)
        for booth, unit in zip(booths.booth_id, booths.unit_id, strict=True):
            found[booth] = {unit} - {""}
    declared = categories_in_force(session, at).booths
    for booth, unit, zone in zip(
        declared.booth_id, declared.unit_id, declared.zone_id, strict=True
    ):
        for code in filter(None, (booth, zone)):
            found.setdefault(code, set()).update({unit} - {""})
    return found


def units_of_points(facilities: Facilities, units: Units) -> Texts:
    """Return the unit that each facility stands in, empty where none is or it has no place."""
    found = np.full(len(facilities.lon), "", dtype=object)
    if units.geometry is None:
        return found
    placed = np.flatnonzero(np.isfinite(facilities.lon) & np.isfinite(facilities.lat))
    points = shapely.points(facilities.lon[placed], facilities.lat[placed])
    at, unit = shapely.STRtree(units.geometry).query(points, predicate="intersects")
    # On a border the smallest code counts, as for cases.
    order = np.lexsort((units.unit_id[unit].astype(str), at))[::-1]
    found[placed[at[order]]] = units.unit_id[unit[order]]
    return found
