"""A change between two boundary editions as one sentence."""

from __future__ import annotations

import math

from zoning.i18n.catalogue import marked, tr
from zoning.i18n.forms import figure
from zoning.places.changes import Change, ChangeKind

_SENTENCES = {
    ChangeKind.SAME: marked("{new} has not changed."),
    ChangeKind.RENAMED: marked("{old} is now called {new}."),
    ChangeKind.RECODED: marked("{old} goes on under another code, as {new}."),
    ChangeKind.MOVED_BORDER: marked("The border of {new} moved: {area_ha} ha changed hands."),
    ChangeKind.SPLIT: marked("{old} was split into {new}."),
    ChangeKind.MERGED: marked("{old} were merged into {new}."),
    ChangeKind.REARRANGED: marked("The ground of {old} was rearranged among {new}."),
    ChangeKind.NEW: marked("{new} is new."),
    ChangeKind.GONE: marked("{old} is gone."),
    ChangeKind.GAINED_GEOMETRY: marked("{new} had no polygon and now has one."),
    ChangeKind.LOST_GEOMETRY: marked(
        "{new} had a polygon and now has none: it is listed and not drawn."
    ),
    ChangeKind.RELEVELLED: marked("{new} is now a unit of another level."),
    ChangeKind.REPARENTED: marked("{new} now lies under another unit."),
}
_NEW_WITHOUT_POLYGON = marked("{new} is new and has no polygon: it is listed and not drawn.")


def describe_change(change: Change) -> str:
    """Return what happened in one sentence of the language in use."""
    is_undrawn = change.kind == ChangeKind.NEW and math.isnan(change.moved_ha)
    return tr(
        _NEW_WITHOUT_POLYGON if is_undrawn else _SENTENCES[change.kind],
        old=_units(change.old_ids, change.old_names),
        new=_units(change.new_ids, change.new_names),
        area_ha=figure(change.moved_ha),
    )


def _units(codes: tuple[str, ...], names: tuple[str, ...]) -> str:
    return ", ".join(
        tr("{name} ({code})", name=name, code=code) if name else code
        for code, name in zip(codes, names, strict=True)
    )
