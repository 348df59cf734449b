"""Roles, acts, and which role is granted which act."""

from __future__ import annotations

import tomllib
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any


class Role(StrEnum):
    """Part a person plays; memo 177-CS/2020, section 6, and the public."""

    PUBLIC = "public"
    OBSERVER = "observer"
    DESK_OPERATOR = "desk_operator"
    INCIDENT_COMMANDER = "incident_commander"
    ENFORCEMENT = "enforcement"
    CMOH = "cmoh"
    NODAL_ADM = "nodal_adm"
    DISTRICT_MAGISTRATE = "district_magistrate"
    COMMISSIONER = "commissioner"
    HOME = "home"
    STATE_HEALTH = "state_health"
    LOCAL = "local"


class Action(StrEnum):
    """What there is to do."""

    SEE_ZONES = "see_zones"
    SEE_FIGURES = "see_figures"
    SEE_FACILITIES = "see_facilities"
    SEE_LINE_LIST = "see_line_list"
    SEE_ANNEX = "see_annex"
    IMPORT_DATA = "import_data"
    UNDO_IMPORT = "undo_import"
    PROPOSE = "propose"
    DRAFT = "draft"
    CONSULT = "consult"
    APPROVE_ZONES = "approve_zones"
    APPROVE_CATEGORIES = "approve_categories"
    PUBLISH = "publish"
    SEAL_PROVISIONALLY = "seal_provisionally"
    RELEASE = "release"
    APPOINT_COMMANDER = "appoint_commander"
    WITHDRAW_RELAXATION = "withdraw_relaxation"
    RECORD_DEVIATION = "record_deviation"
    REPORT_TASK = "report_task"
    SET_FLOOR = "set_floor"
    ANSWER_ALARM = "answer_alarm"
    MANAGE_OFFICERS = "manage_officers"
    MANAGE_SUBSCRIPTIONS = "manage_subscriptions"
    READ_AUDIT = "read_audit"


SUBJECTS = ("surveillance", "facilities", "containment", "boundaries")
"""What a responsibility may be limited to; see `roles.toml`."""


def may(role: Role, action: Action) -> bool:
    """Return whether a role may do something; what isn't granted is refused."""
    return action in _grants()[role]


def roles_with(action: Action) -> tuple[Role, ...]:
    """Return the roles that are granted something, in the order of the enum."""
    return tuple(role for role in Role if may(role, action))


def is_statewide(role: Role) -> bool:
    """Return whether a role has the whole state for its area, whoever holds it."""
    return role.value in _table()["area"]["whole_state"]


def fitting_levels(role: Role) -> tuple[str, ...]:
    """Return the kinds of unit that can be the area of a role; empty where any can."""
    return tuple(_table()["area"]["levels"].get(role.value, ()))


def must_be_filled(role: Role) -> bool:
    """Return whether a post of a role may not stand empty: nobody else could act in its place."""
    return role.value in _table()["area"]["never_empty"]


def yields_to_commissioner(role: Role, action: Action) -> bool:
    """Return whether a role has no say in an act where a corporation delineates itself."""
    table = _table()["commissioner"]
    return role.value in table["yield"] and action.value in table["acts"]


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


@cache
def _grants() -> dict[Role, frozenset[Action]]:
    table = _table()["may"]
    return {role: frozenset(Action(action) for action in table[role]) for role in Role}
