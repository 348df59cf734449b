"""Roles, acts and refusals in words."""

from __future__ import annotations

from zoning.access.roles import Action, Role, roles_with
from zoning.access.standing import Standing
from zoning.i18n.catalogue import tr


def role_word(role: str) -> str:
    """Return the name of a role."""
    return {
        "public": tr("the public"),
        "observer": tr("observer"),
        "desk_operator": tr("desk operator"),
        "incident_commander": tr("incident commander"),
        "enforcement": tr("enforcement"),
        "cmoh": tr("CMOH"),
        "nodal_adm": tr("nodal ADM"),
        "district_magistrate": tr("district magistrate"),
        "commissioner": tr("commissioner of a corporation"),
        "home": tr("home department"),
        "state_health": tr("state health department"),
        "local": tr("user of this machine"),
    }[role]


def action_words(action: Action) -> str:
    """Return what is done, as after "may"."""
    return {
        Action.SEE_ZONES: tr("see zones"),
        Action.SEE_FIGURES: tr("see figures"),
        Action.SEE_FACILITIES: tr("see facilities"),
        Action.SEE_LINE_LIST: tr("see single cases"),
        Action.SEE_ANNEX: tr("see the sealed annex of an order"),
        Action.IMPORT_DATA: tr("bring data in"),
        Action.UNDO_IMPORT: tr("take data back or switch editions"),
        Action.PROPOSE: tr("propose zones"),
        Action.DRAFT: tr("draft an order"),
        Action.CONSULT: tr("answer a consultation"),
        Action.APPROVE_ZONES: tr("approve zones"),
        Action.APPROVE_CATEGORIES: tr("approve categories"),
        Action.PUBLISH: tr("publish zones"),
        Action.SEAL_PROVISIONALLY: tr("seal provisionally"),
        Action.RELEASE: tr("release booths from Category A"),
        Action.APPOINT_COMMANDER: tr("appoint an incident commander"),
        Action.WITHDRAW_RELAXATION: tr("withdraw a relaxation"),
        Action.RECORD_DEVIATION: tr("record a deviation"),
        Action.REPORT_TASK: tr("report on a direction"),
        Action.SET_FLOOR: tr("set the mildest zone that is allowed"),
        Action.ANSWER_ALARM: tr("answer the alarm of a first case"),
        Action.MANAGE_OFFICERS: tr("change the roster of officers"),
        Action.MANAGE_SUBSCRIPTIONS: tr("change who is notified"),
        Action.READ_AUDIT: tr("read who did what"),
    }[action]


def refusal(
    standing: Standing, action: Action, unit_id: str | None = None, subject: str | None = None
) -> str:
    """Return why something isn't allowed, and who can do it, in one sentence."""
    own = tr(" and ").join(role_word(role) for role in standing.roles) or tr("nobody on the roster")
    able = ", ".join(role_word(role) for role in roles_with(action) if role is not Role.LOCAL)
    deed = action_words(action)
    if not standing.may(action):
        return tr(
            "As {role} you may not {deed}; these may: {able}.", role=own, deed=deed, able=able
        )
    if all(
        holding.subject and holding.subject != subject
        for holding in standing.holdings
        if holding.grants(action, holding.subject)
    ):
        return tr(
            "As {role} you may {deed} only on the subject that you are named for; "
            "these may on others: {able}.",
            role=own,
            deed=deed,
            able=able,
        )
    if unit_id is None:
        return tr(
            "As {role} you may {deed} in your own area, and this concerns the whole state; "
            "ask the state health department.",
            role=own,
            deed=deed,
        )
    return tr(
        "As {role} you may {deed} in your own area, and {unit} lies outside it or in another's "
        "jurisdiction; these may who are posted there: {able}.",
        role=own,
        deed=deed,
        unit=unit_id,
        able=able,
    )
