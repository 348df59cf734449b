"""Who may do what, as pure functions; the table is `access.toml`."""

from __future__ import annotations

import tomllib
from enum import StrEnum
from functools import cache
from pathlib import Path


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
    HOME = "home"
    STATE_HEALTH = "state_health"
    LOCAL = "local"


class Action(StrEnum):
    """What there is to do."""

    SEE_ZONES = "see_zones"
    SEE_FIGURES = "see_figures"
    SEE_FACILITIES = "see_facilities"
    IMPORT_DATA = "import_data"
    UNDO_IMPORT = "undo_import"
    PROPOSE = "propose"
    PUBLISH = "publish"


def may(role: Role, action: Action) -> bool:
    """Return whether a role may do something; what isn't granted is refused."""
    return action in _grants()[role]


def roles_with(action: Action) -> tuple[Role, ...]:
    """Return the roles that are granted something, in the order of the enum."""
    return tuple(role for role in Role if may(role, action))


@cache
def _grants() -> dict[Role, frozenset[Action]]:
    text = Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)["may"]
    return {role: frozenset(Action(action) for action in table[role]) for role in Role}
