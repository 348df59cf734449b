"""Words of the data screen for what the workflow names by key."""

from __future__ import annotations

from datetime import datetime

from zoning.clock import IST, today_ist
from zoning.i18n.catalogue import tr
from zoning.i18n.forms import moment

KINDS = (
    "boundaries",
    "booths",
    "cases",
    "outcomes",
    "tests",
    "facilities",
    "orders",
    "rounds",
    "contacts",
    "samples",
    "isolation",
    "roster",
)


def kind_word(kind: str) -> str:
    """Return what a kind of file brings."""
    return {
        "boundaries": tr("Boundaries"),
        "booths": tr("Booths"),
        "cases": tr("Cases"),
        "outcomes": tr("Outcomes"),
        "tests": tr("Tests"),
        "facilities": tr("Facilities"),
        "orders": tr("Orders of before"),
        "rounds": tr("House rounds"),
        "contacts": tr("Contacts"),
        "samples": tr("Samples"),
        "isolation": tr("Isolation units"),
        "roster": tr("Roster of officers"),
    }[kind]


def kind_hint(kind: str) -> str:
    """Return what a file of a kind must hold, and what more it may."""
    return {
        "boundaries": tr(
            "One row a unit: its code, if possible its name and people, and its area. Bring in the "
            "boundaries first; all else is placed in them."
        ),
        "booths": tr("One row a polling station: its code, and its unit or where it stands."),
        "cases": tr(
            "One row a confirmed case, or a number of cases: the day, and where. Rows that no unit "
            "holds are kept and wait in the queue."
        ),
        "outcomes": tr(
            "How cases told before have ended: the key of the case, what became of it, and when."
        ),
        "tests": tr("One row a unit and day: samples tested, and of these positive."),
        "facilities": tr("One row a hospital, ambulance, oxygen supplier, hearse or desk."),
        "orders": tr(
            "Orders that are in force already, the starting state: one row a place with the number "
            "of its order, its category or zone, and the day of effect. A place is a booth, booths "
            "such as 85 to 90, a unit, or a polygon. They count from their own day."
        ),
        "rounds": tr(
            "One row a booth or containment zone and day: the houses there, and of these visited."
        ),
        "contacts": tr(
            "One row a contact, by a code that tells nobody who it is: booth or containment zone, "
            "last exposure, the day told, and how the follow-up stands. Columns with names, "
            "telephones or addresses are never read."
        ),
        "samples": tr(
            "One row a booth or containment zone and day: samples taken, and of these with a "
            "result; the rest is pending."
        ),
        "isolation": tr(
            "One polygon a building or lane that is cordoned without the rest of its booth: its "
            "code, the order that allows less than a booth, and its first day. A map file."
        ),
        "roster": tr(
            "One row a posting: the officer with name and address of sign-in, the role, the unit "
            "answered for, and from when to when."
        ),
    }[kind]


def feed_state_word(state: str) -> str:
    """Return how a feed stands, told by shape as well as by word: full, half, empty, none."""
    return {
        "on_time": tr("● on time"),
        "late": tr("◐ late"),
        "silent": tr("○ silent"),
        "never": tr("– never told"),
    }[state]


def level_word(level: str) -> str:
    """Return the plural of a kind of unit."""
    return {
        "state": tr("states"),
        "district": tr("districts"),
        "subdivision": tr("subdivisions"),
        "block": tr("blocks"),
        "municipality": tr("municipalities"),
        "corporation": tr("corporations"),
        "borough": tr("boroughs"),
        "ward": tr("wards"),
        "gram_panchayat": tr("gram panchayats"),
        "police_station": tr("police stations"),
        "booth": tr("booths"),
    }.get(level, level)


def moment_near(at: datetime, now: datetime) -> str:
    """Return a moment, a day of today by its name: today, 10:40 IST."""
    if today_ist(at) != today_ist(now):
        return moment(at)
    return tr("today, {time} IST", time=f"{at.astimezone(IST):%H:%M}")
