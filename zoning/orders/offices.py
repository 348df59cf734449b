"""What an office is called on paper: under a signature, in a letter-head, in a consultation."""

from __future__ import annotations

from zoning.access import Role, role_word
from zoning.i18n.catalogue import tr


def designation(role: str, area: str, *, is_acting: bool = False) -> str:
    """Return what stands under a name, in the language in use.

    Parameters
    ----------
    role : str
        Value of a `Role`; empty where no roster tells one.
    area : str
        Name of the unit that it is held in; empty for the whole state.
    is_acting : bool
        Whether the post is held in the place of another.
    """
    if not role:
        return ""
    named = {
        Role.DISTRICT_MAGISTRATE: tr("District Magistrate, {area}", area=area),
        Role.COMMISSIONER: tr("Commissioner, {area}", area=area),
        Role.NODAL_ADM: tr("Additional District Magistrate, {area}", area=area),
        Role.CMOH: tr("Chief Medical Officer of Health, {area}", area=area),
        Role.STATE_HEALTH: tr("Department of Health"),
        Role.HOME: tr("Home Department"),
    }.get(Role(role)) or (f"{role_word(role)}, {area}" if area else role_word(role))
    return tr("{office} (acting)", office=named) if is_acting else named


def letter_head(role: str, area: str, state: str) -> tuple[str, ...]:
    """Return the lines above an order of an office, in the language in use; () without a role."""
    if not role:
        return ()
    of_state = (tr("Government of {state}", state=state),) if state else ()
    office = designation(role, area)
    is_department = Role(role) in (Role.STATE_HEALTH, Role.HOME)
    return (*of_state, office if is_department else tr("Office of the {office}", office=office))


def office_word(office: str) -> str:
    """Return an office that is consulted in words; one that isn't known as it was written."""
    return {
        "home": tr("Home Department"),
        "health": tr("Chief Medical Officer of Health"),
        "police": tr("Commissioner or Superintendent of Police"),
    }.get(office, office)
