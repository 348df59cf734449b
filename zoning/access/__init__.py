"""Who may do what where, as pure functions over a table; the table is `roles.toml`."""

from zoning.access.postings import Officer, Posting, held_on, leaves_empty, overlapping
from zoning.access.roles import (
    SUBJECTS,
    Action,
    Role,
    fitting_levels,
    is_statewide,
    may,
    must_be_filled,
    roles_with,
)
from zoning.access.standing import Holding, Standing, allowed, allowed_units, of_role, seen_units
from zoning.access.words import action_words, refusal, role_word

__all__ = [
    "SUBJECTS",
    "Action",
    "Holding",
    "Officer",
    "Posting",
    "Role",
    "Standing",
    "action_words",
    "allowed",
    "allowed_units",
    "fitting_levels",
    "held_on",
    "is_statewide",
    "leaves_empty",
    "may",
    "must_be_filled",
    "of_role",
    "overlapping",
    "refusal",
    "role_word",
    "roles_with",
    "seen_units",
]
