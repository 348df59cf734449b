"""Words that the browser needs to write tooltips by itself."""

from __future__ import annotations

from typing import Any

from layers.view import MapView
from zoning.i18n.catalogue import tr
from zoning.model import FacilityKind, Zone

# From the freshest; a facility that never told has no ring.
FRESHNESS = ("fresh", "due", "stale", "unknown")


def kind_label(kind: str) -> str:
    """Return the plural name of a kind of facility."""
    return {
        FacilityKind.HOSPITAL.value: tr("Hospitals"),
        FacilityKind.AMBULANCE.value: tr("Ambulances"),
        FacilityKind.OXYGEN.value: tr("Oxygen"),
        FacilityKind.HEARSE.value: tr("Hearses"),
        FacilityKind.DESK.value: tr("Help desks"),
    }[kind]


def kind_name(kind: str) -> str:
    """Return the name of one facility of a kind."""
    return {
        FacilityKind.HOSPITAL.value: tr("Hospital"),
        FacilityKind.AMBULANCE.value: tr("Ambulance"),
        FacilityKind.OXYGEN.value: tr("Oxygen supplier"),
        FacilityKind.HEARSE.value: tr("Hearse"),
        FacilityKind.DESK.value: tr("Help desk"),
    }[kind]


def freshness_label(state: str) -> str:
    """Return the word for how fresh a report is."""
    return {
        "fresh": tr("fresh"),
        "due": tr("due"),
        "stale": tr("stale"),
        "unknown": tr("never told"),
    }[state]


def zone_label(view: MapView, zone: str) -> str:
    """Return the label of a zone of a view."""
    if zone == Zone.UNCLASSIFIED:
        return tr("Unclassified")
    return next(level.label for level in view.levels if level.key == zone)


def map_words(view: MapView) -> dict[str, Any]:
    """Return the sentences for the map's script; `{names}` are filled in there."""
    months = (
        tr("January"), tr("February"), tr("March"), tr("April"), tr("May"), tr("June"),
        tr("July"), tr("August"), tr("September"), tr("October"), tr("November"), tr("December"),
    )  # fmt: skip
    words: dict[str, Any] = {
        "aria": tr("Map of the zones. The table has the same content."),
        "loading": tr("Loading boundaries and zones"),
        "failed": tr("The map data did not arrive. Reload the page to try again."),
        "zones": {zone: zone_label(view, zone) for zone in view.zone_keys},
        "since": tr("since {day}"),
        "cameFrom": tr("proposed; {zone} is in force"),
        "months": months,
        "notComputable": tr("not computable"),
        "unlimited": tr("no growth"),
        "figures": [],
    }
    if view.is_public:
        return words
    words["figures"] = [
        {"key": "active", "label": tr("Active cases"), "unit": "", "decimals": 0},
        *(
            {"key": p.key, "label": p.label, "unit": p.unit, "decimals": p.decimals}
            for p in view.parameters
            if p.is_key
        ),
    ]
    words |= {
        "kinds": {kind.value: kind_name(kind) for kind in FacilityKind},
        "states": {state: freshness_label(state) for state in FRESHNESS},
        "beds": tr("{vacant} of {beds} beds vacant"),
        "bedsTotal": tr("{beds} beds, vacancy not told"),
        "told": tr("updated {age} ago: {state}"),
        "neverTold": tr("time of update not told"),
        "minutes": tr("{m} min"),
        "hours": tr("{h} h {m} min"),
        "days": tr("{d} days"),
    }
    return words
