"""Who may do what: the whole table, and what must never be granted."""

from __future__ import annotations

import pytest

from zoning.access import Action, Role, may

SEEING = {Action.SEE_ZONES, Action.SEE_FIGURES, Action.SEE_FACILITIES}
DATA = {Action.IMPORT_DATA, Action.UNDO_IMPORT}
DECIDING = {Action.PROPOSE, Action.PUBLISH}

EXPECTED = {
    Role.PUBLIC: {Action.SEE_ZONES},
    Role.OBSERVER: SEEING,
    Role.DESK_OPERATOR: SEEING | {Action.IMPORT_DATA},
    Role.INCIDENT_COMMANDER: SEEING,
    Role.ENFORCEMENT: SEEING,
    Role.CMOH: SEEING | DATA,
    Role.NODAL_ADM: SEEING | DATA,
    Role.DISTRICT_MAGISTRATE: SEEING,
    Role.HOME: SEEING,
    Role.STATE_HEALTH: SEEING | DATA | DECIDING,
    Role.LOCAL: set(Action),
}


@pytest.mark.parametrize("action", Action)
@pytest.mark.parametrize("role", Role)
def test_a_role_may_do_exactly_what_the_table_grants(role, action):
    assert may(role, action) is (action in EXPECTED[role])


def test_only_health_and_a_machine_of_ones_own_may_publish_zones():
    assert {role for role in Role if may(role, Action.PUBLISH)} == {Role.STATE_HEALTH, Role.LOCAL}
