"""Policies of delineation: what makes a booth affected, how far its buffer reaches, what ends it.

A policy is one TOML file in `policies/`, dated and sourced; the folder is the
registry. This module reads and checks it and holds no number of its own.
"""

from __future__ import annotations

import math
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from zoning.errors import InputError, RuleError
from zoning.i18n.catalogue import tr
from zoning.judgement.denotification_rule import DenotificationRule, read_denotification
from zoning.model import Ints
from zoning.rules.rulebook import ActiveRule, load_rule
from zoning.surveillance.active import active_cases
from zoning.surveillance.counts import CaseCube

POLICIES_DIR = Path(__file__).parent / "policies"
DEFAULT = "memo-177-cs-2020"
M_PER_KM = 1000


@dataclass(frozen=True)
class Policy:
    """One policy of delineation.

    Attributes
    ----------
    id, title, authority : str
        What it is and whose.
    issued_on, valid_from : date
        When it was issued, and the first day it holds.
    valid_to : date or None
        Its last day; None while it is open.
    source : tuple of str
        What it rests on.
    ours : str
        What we read into it.
    active : ActiveRule
        How long a case is active.
    confirmed_within_days : int or None
        A booth with a case confirmed in so many days, the last being the day judged, is
        affected; None where one with an active case is.
    default_m, most_m, touching_m : float
        Buffer if none is asked for, the widest that is accepted, and up to which distance two
        areas touch; metres.
    once_in_force : str
        Policy that governs once orders are in force: its own id where it does so itself.
    denotification : DenotificationRule
        When a booth may leave A: of the policy that governs then.
    isolation_authority : str
        Whose word lets a building or lane be closed in place of its booth; empty where nobody's.
    """

    id: str
    title: str
    authority: str
    issued_on: date
    valid_from: date
    valid_to: date | None
    source: tuple[str, ...]
    ours: str
    active: ActiveRule
    confirmed_within_days: int | None
    default_m: float
    most_m: float
    touching_m: float
    once_in_force: str
    denotification: DenotificationRule
    isolation_authority: str

    @property
    def allows_isolation_units(self) -> bool:
        """Return whether anybody may close less than a booth."""
        return bool(self.isolation_authority)

    @property
    def history_days(self) -> int:
        """Return how many days up to the day judged a cube has to hold apart."""
        active = self.active
        window = self.confirmed_within_days or 0
        return max(active.open_days, active.without_outcomes_days, window) + 1

    def is_in_force(self, on: date) -> bool:
        """Return whether the policy applied on a day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)

    def affecting(self, cube: CaseCube) -> Ints:
        """Return the cases that make each place affected on the last day of a cube."""
        if self.confirmed_within_days is None:
            return active_cases(cube, self.active)
        recent: Ints = cube.confirmed[:, -self.confirmed_within_days :].sum(axis=1)
        return recent

    def buffer(self, asked_m: float | None) -> float:
        """Return the buffer in metres: what was asked for, else the policy's own.

        Raises
        ------
        InputError
            If it is below 0, no number, or wider than any buffer is.
        """
        if asked_m is None:
            return self.default_m
        if not math.isfinite(asked_m) or not 0 <= asked_m <= self.most_m:
            raise InputError(
                tr(
                    "The buffer is {asked} m; give metres from 0 (only booths that touch) to "
                    "{most} ({km} km).",
                    asked=f"{asked_m:g}",
                    most=f"{self.most_m:.0f}",
                    km=f"{self.most_m / M_PER_KM:g}",
                )
            )
        return asked_m

    def reach(self, buffer_m: float) -> float:
        """Return up to which distance in metres a booth lies within a buffer."""
        return max(buffer_m, self.touching_m)


@cache
def policy_ids() -> tuple[str, ...]:
    """Return the ids of all policies, sorted."""
    return tuple(sorted(path.stem for path in POLICIES_DIR.glob("*.toml")))


@cache
def load_policy(policy_id: str) -> Policy:
    """Return one policy.

    Raises
    ------
    RuleError
        If there is no such policy, or its file is faulty.
    """
    if policy_id not in policy_ids():
        raise RuleError(
            tr(
                "There is no policy {policy}; the policies are {known}.",
                policy=policy_id,
                known=", ".join(policy_ids()),
            )
        )
    return read_policy(POLICIES_DIR / f"{policy_id}.toml")


def read_policy(path: Path) -> Policy:
    """Return the policy of one file, checked.

    Raises
    ------
    RuleError
        Naming the file and the entry that is missing or wrong.
    """
    try:
        with path.open("rb") as file:
            policy = _policy(tomllib.load(file))
    except (KeyError, OSError, TypeError, ValueError) as fault:
        raise RuleError(
            tr("{file} isn't a usable policy: {fault}.", file=path.name, fault=fault)
        ) from fault
    if policy.id != path.stem or not policy.source:
        raise RuleError(
            tr(
                "{file} isn't a usable policy: its id must be its name, and it must cite a source.",
                file=path.name,
            )
        )
    return policy


def _policy(data: dict[str, Any]) -> Policy:
    affected, buffer = data["affected"], data["buffer"]
    if affected["by"] not in ("active_case", "confirmed_within_days"):
        raise ValueError(f"affected.by = {affected['by']!r}")
    days = int(affected["days"]) if affected["by"] == "confirmed_within_days" else None
    if days is not None and days < 1:
        raise ValueError(f"affected.days = {days}")
    default_m, most_m, touching_m = (
        float(buffer[key]) for key in ("default_m", "most_m", "touching_m")
    )
    if not 0 < touching_m <= default_m <= most_m < math.inf:
        raise ValueError(f"buffer = {buffer}")
    rule = load_rule(data["active_as_in"])
    governing = data.get("once_in_force", data["id"])
    return Policy(
        id=data["id"],
        title=data["title"],
        authority=data["authority"],
        issued_on=data["issued_on"],
        valid_from=data["valid_from"],
        valid_to=data.get("valid_to"),
        source=tuple(data["source"]),
        ours=data["ours"],
        active=rule.active,
        confirmed_within_days=days,
        default_m=default_m,
        most_m=most_m,
        touching_m=touching_m,
        once_in_force=governing,
        denotification=_denotification(data, governing, days, rule.silent_after_days),
        isolation_authority=str(data.get("isolation", {"authority": ""})["authority"]),
    )


def _denotification(
    data: dict[str, Any], governing: str, days: int | None, silent_after_days: int
) -> DenotificationRule:
    """Return the policy's own rule, or that of the policy it hands over to."""
    if governing != data["id"]:
        if "denotification" in data:
            raise ValueError("denotification and once_in_force exclude each other")
        with (POLICIES_DIR / f"{governing}.toml").open("rb") as file:
            if "once_in_force" in tomllib.load(file):
                raise ValueError(f"once_in_force = {governing!r}, which hands over itself")
        return load_policy(governing).denotification
    rule = read_denotification(data["denotification"], silent_after_days)
    # What makes a booth affected and what ends it are one count: a day between the two would
    # be due and affected at once, or neither.
    if rule.days_without_case != days:
        raise ValueError(
            f"denotification.days_without_case = {rule.days_without_case}, affected.days = {days}"
        )
    return rule
