"""What a row of the roster says of the post: role, area, subject, days."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from zoning.access import SUBJECTS, Role, fitting_levels, is_statewide
from zoning.i18n.catalogue import tr
from zoning.model import Bools, Texts
from zoning.readers import columns
from zoning.readers.fields import Part

POSTS = tuple(role for role in Role if role not in (Role.PUBLIC, Role.LOCAL))


def refuse_empty(part: Part, text: dict[str, Texts]) -> None:
    """Reject rows that don't say who holds the post."""
    for name in ("person_id", "name"):
        part.note(
            text[name] == "",
            f"{name}_missing",
            lambda _, name=name: tr(  # type: ignore[misc]
                "{column} is empty; say who holds the post", column=name
            ),
        )
    lacks_at = np.array(["@" not in address.strip("@") for address in text["email"]], dtype=bool)
    part.note(
        lacks_at,
        "email_invalid",
        lambda i: tr(
            "email is {value}; a sign-in is recognised by it, so give the whole address",
            value=part.cell("email", i) or tr("empty"),
        ),
    )


def refuse_strange(part: Part, text: dict[str, Texts], level_of: Mapping[str, str]) -> None:
    """Reject rows whose role, subject or area can't be, given the level of each known unit."""

    def note(code: str, test: Callable[[int], bool], message: Callable[[int], str]) -> None:
        where = np.array([not part.rejected[i] and test(i) for i in range(len(part))], dtype=bool)
        part.note(where, code, message)

    role, area, subject = text["role"], text["area_unit_id"], text["subject"]
    posts = {post.value for post in POSTS}
    note(
        "role_unknown",
        lambda i: role[i] not in posts,
        lambda i: tr(
            "role is {value}; it must be one of {known}",
            value=part.cell("role", i) or tr("empty"),
            known=", ".join(post.value for post in POSTS),
        ),
    )
    note(
        "subject_unknown",
        lambda i: subject[i] not in ("", *SUBJECTS),
        lambda i: tr(
            "subject is {value}; it must be empty for all, or one of {known}",
            value=part.cell("subject", i),
            known=", ".join(SUBJECTS),
        ),
    )
    note(
        "area_missing",
        lambda i: not area[i] and not is_statewide(Role(role[i])),
        lambda i: tr(
            "area_unit_id is empty; a post of {role} needs the unit that it answers for",
            role=role[i],
        ),
    )
    note(
        "area_superfluous",
        lambda i: bool(area[i]) and is_statewide(Role(role[i])),
        lambda i: tr(
            "area_unit_id is {value}; {role} answers for the whole state: leave it empty",
            value=area[i],
            role=role[i],
        ),
    )
    note(
        "area_unknown",
        lambda i: bool(area[i]) and area[i] not in level_of,
        lambda i: tr(
            "area_unit_id is {value}, which isn't a unit of the edition in force; correct it, or "
            "import its boundaries first",
            value=area[i],
        ),
    )
    note(
        "area_level_unfit",
        lambda i: bool(fits := fitting_levels(Role(role[i]))) and level_of[area[i]] not in fits,
        lambda i: tr(
            "area_unit_id {value} is a {level}, and a post of {role} answers for a {fitting}",
            value=area[i],
            level=level_of[area[i]],
            role=role[i],
            fitting=", ".join(fitting_levels(Role(role[i]))),
        ),
    )


def ends_too_early(end: np.datetime64, begin: np.datetime64) -> str:
    """Return that a posting's days are the wrong way round."""
    return tr(
        "the posting ends on {end}, before it begins on {begin}; correct one of them",
        end=end,
        begin=begin,
    )


def acting(part: Part) -> Bools:
    """Return who acts in the place of another; reject a word that is neither yes nor no."""
    column = part.column("is_acting")
    if column is None:
        return np.zeros(len(part), dtype=bool)
    is_acting, unreadable = columns.truths(column)
    part.note(
        unreadable,
        "is_acting_invalid",
        lambda i: tr("is_acting is {value}; say yes or no", value=part.cell("is_acting", i)),
    )
    return is_acting
