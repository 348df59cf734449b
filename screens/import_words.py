"""Words of the way in for a file: our columns, kinds of answers, forms of days."""

from __future__ import annotations

from datetime import date

from layers.words import kind_name
from screens.data_words import level_word
from zoning.access import role_word
from zoning.i18n.catalogue import tr
from zoning.i18n.forms import day
from zoning.model import FacilityKind, Level


def column_word(ours: str, kind: str) -> str:
    """Return what one of our columns of a kind of file holds, with its name in mapping files."""
    own = {
        ("rounds", "on"): tr("Day of the round"),
        ("orders", "category"): tr("Category A, B or C"),
        ("roster", "name"): tr("Name of the officer"),
        ("isolation", "booth_id"): tr("Booth that it divides"),
        ("orders", "booth_id"): tr("Codes of booths, one or several"),
        ("orders", "part_number"): tr("Parts of the constituency, one or several"),
    }
    known = {
        "case_id": tr("Key of the case"),
        "confirmed_on": tr("Day of confirmation"),
        "count": tr("Number of cases"),
        "unit_id": tr("Code or name of the unit"),
        "booth_id": tr("Code of the booth"),
        "lon": tr("Longitude, degrees"),
        "lat": tr("Latitude, degrees"),
        "address": tr("Address"),
        "detected_unit_id": tr("Unit where the case was found"),
        "outcome": tr("How the case ended"),
        "outcome_on": tr("Day on which it ended"),
        "event": tr("What the row tells of a case"),
        "imported": tr("Infected elsewhere, yes or no"),
        "institutional": tr("In institutional quarantine, yes or no"),
        "on": tr("Day of the result"),
        "tests": tr("Samples tested"),
        "positives": tr("Samples positive"),
        "name": tr("Name"),
        "population": tr("People"),
        "level": tr("Kind of unit"),
        "parent_id": tr("Code of the unit above"),
        "lgd_code": tr("Code of the Local Government Directory"),
        "constituency": tr("Assembly constituency"),
        "part_number": tr("Part number"),
        "facility_id": tr("Key of the facility"),
        "kind": tr("Kind of facility"),
        "category": tr("Category"),
        "phone": tr("Telephone"),
        "beds_total": tr("Beds"),
        "beds_vacant": tr("Beds vacant"),
        "oxygen_beds_total": tr("Oxygen beds"),
        "oxygen_beds_vacant": tr("Oxygen beds vacant"),
        "oxygen_hours": tr("Hours of oxygen left"),
        "updated_at": tr("When it was told"),
        "number": tr("Number of the order"),
        "unit_name": tr("Name of the unit"),
        "zone": tr("Colour of the zone"),
        "effective_on": tr("Day of effect"),
        "review_on": tr("Day of review"),
        "expires_on": tr("Last day in force"),
        "zone_name": tr("Local name of the containment zone"),
        "act": tr("Act or section"),
        "reason": tr("Reason"),
        "signatory": tr("Who signed"),
        "remark": tr("Remark"),
        "area_id": tr("Booth or containment zone"),
        "houses_total": tr("Houses there"),
        "houses_visited": tr("Houses visited"),
        "contact_id": tr("Key of the contact"),
        "last_exposure_on": tr("Day of the last exposure"),
        "told_on": tr("Day told"),
        "status": tr("How the follow-up stands"),
        "attempts": tr("Attempts to reach the contact"),
        "taken_on": tr("Day of the samples"),
        "samples": tr("Samples taken"),
        "results": tr("Samples with a result"),
        "isolation_id": tr("Code of the isolation unit"),
        "authority": tr("Order or guideline that allows it"),
        "from_on": tr("First day"),
        "to_on": tr("Last day"),
        "person_id": tr("Number of the officer"),
        "email": tr("Address of sign-in"),
        "role": tr("Role"),
        "area_unit_id": tr("Unit answered for"),
        "subject": tr("Subject of the responsibility"),
        "is_acting": tr("Acts for another, yes or no"),
        "successor_of": tr("Number of the predecessor"),
    }
    meaning = own.get((kind, ours)) or known.get(ours)
    return ours if meaning is None else tr("{meaning} ({column})", meaning=meaning, column=ours)


def meaning_word(ours: str, answer: str) -> str:
    """Return what a word in a cell may mean."""
    if ours == "kind" and answer in set(FacilityKind):
        return kind_name(answer)
    if ours == "level" and answer in set(Level):
        return level_word(answer)
    if ours == "role":
        return role_word(answer)
    return {
        "": tr("nothing: the case is open"),
        "recovered": tr("recovered"),
        "died": tr("died"),
        "ended": tr("ended, not told how"),
        "retracted": tr("was no case"),
        "confirmed": tr("confirmed"),
        "yes": tr("yes"),
        "no": tr("no"),
        "A": tr("A, containment"),
        "B": tr("B, buffer"),
        "C": tr("C, clean"),
        "red": tr("red"),
        "orange": tr("orange"),
        "green": tr("green"),
        "open": tr("open"),
        "followed": tr("under follow-up"),
        "lost": tr("lost to follow-up"),
        "completed": tr("completed"),
        "surveillance": tr("cases, tests and follow-up"),
        "facilities": tr("facilities"),
        "containment": tr("zones, containment and orders"),
        "boundaries": tr("units and booths"),
    }.get(answer, answer)


def series_word(series: str) -> str:
    """Return what the rows of a case file may be."""
    return {
        "events": tr("Cases: every file brings its own"),
        "daily": tr("Totals of a day, which a later file may correct"),
        "cumulative": tr("Totals so far, day by day"),
        "changes": tr("Cases, where numbers below 0 take some back"),
    }[series]


def event_word(answer: str) -> str:
    """Return what a row that says recovered may stand for."""
    return {
        "outcome": tr("How these cases ended"),
        "event": tr("The end of cases that other rows told before"),
    }[answer]


def format_word(form: str, example: tuple[str, date] | None) -> str:
    """Return a form of days, by an example of the file where there is one."""
    name = form or tr("YYYY-MM-DD")
    if example is None:
        return name
    text, meant = example
    return tr("{text} is {day} ({form})", text=text, day=day(meant), form=name)
