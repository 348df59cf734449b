"""Role x act x area: every use case that asks who acts, tried by everybody, also by guessed ids."""

from __future__ import annotations

import ast
import shutil
from pathlib import Path

import pytest

import zoning.workflow
from tests.act_table import DEEDS
from tests.acts import AT, FOREIGN, OWN, STATE, build
from tests.institution import officer
from zoning.access import Role
from zoning.errors import AccessError, SeemanaError
from zoning.store.engine import open_store

ROLES = [role for role in Role if role is not Role.PUBLIC]

# Parts of a use case, called by it behind its guard: they are handed a session, or a draft that
# was found for the person, and no page calls them. They aren't tried alone.
PARTS = {
    *("actor.standing_of", "actor.name_of", "actor.area_of", "actor.reader_of", "actor.require"),
    *("actor.require_units", "actor.require_somewhere", "annexes.may_see_annex"),
    *("area_tasks.area_tasks", "area_tasks.is_for", "consulting.may_answer"),
    *("decided_booths.decided_booths", "deviation_register.may_withdraw"),
    *("deviation_register.may_read_evidence", "deviation_register.with_register"),
    *("draft.found", "draft.require_step", "draft.write_step", "draft_papers.draft_paper"),
    *("draft_papers.printed_draft",),
    *("kind_rights.require_bringing", "kind_rights.require_undoing"),
    *("kind_rights.may_bring", "kind_rights.may_undo"),
    *("own_rows.is_bound", "own_rows.own", "proposal_view.zone_view"),
    *("starting.start_in", "starting.begin", "starting.delineating_of"),
}
# What is run in the shell of the machine alone, where the operating system guards.
SHELL = {
    *("backup.back_up", "backup.restore_from"),
    *("notices.add", "notices.close", "notices.retry"),
}


def asking_who():
    """Return every public function of the workflow with a person among its parameters."""
    found = {}
    for file in sorted(Path(zoning.workflow.__file__).parent.glob("*.py")):
        for node in ast.parse(file.read_text()).body:
            if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
                continue
            told = {a.arg: a.annotation for a in (*node.args.args, *node.args.kwonlyargs)}
            if "who" in told:
                said = ast.unparse(told["who"])
                found[f"{file.stem}.{node.name}"] = (said, "store" in told or "settings" in told)
    return found


def test_every_function_that_asks_who_acts_is_in_the_matrix():
    asking = {name for name, (said, _) in asking_who().items() if said != "str"}
    assert asking - DEEDS.keys() - PARTS == set(), "new: say in tests/act_table.py who may"
    assert (DEEDS.keys() | PARTS) - asking == set(), "gone"
    assert not DEEDS.keys() & PARTS


def test_whoever_is_only_a_name_is_the_shell_or_a_part_behind_a_guard():
    by_name = {name for name, (said, opens) in asking_who().items() if said == "str" and opens}
    assert by_name == SHELL
    screens = Path(zoning.workflow.__file__).parents[2] / "screens"
    for file in screens.glob("*.py"):
        for module in ("notices", "backup"):
            assert f"zoning.workflow.{module} " not in file.read_text(), file.name


def is_refused(deed, store, world, place, who):
    """Return whether the guard refused; what else may be amiss with the act is another matter."""
    try:
        deed.act(store, world, place, who)
    except AccessError:
        return True
    except SeemanaError:
        return False
    return False


@pytest.fixture(scope="module")
def world(sqlite_template, tmp_path_factory):
    """Build the institution once; every try works on a copy."""
    folder = tmp_path_factory.mktemp("matrix")
    file = folder / "world.db"
    shutil.copy(sqlite_template, file)
    store = open_store(f"sqlite:///{file}")
    made = build(store, folder)
    for role in ROLES:
        officer(store, role, "N", at=AT)
    store.close()
    return made


@pytest.fixture
def copy(world, tmp_path):
    shutil.copy(world.folder / "world.db", tmp_path / "copy.db")
    store = open_store(f"sqlite:///{tmp_path / 'copy.db'}")
    yield store
    store.close()


@pytest.mark.parametrize("name", DEEDS)
@pytest.mark.parametrize("role", ROLES)
def test_everybody_may_what_the_table_says_and_where(world, copy, role, name):
    deed = DEEDS[name]
    who = officer(copy, role, "N", at=AT)
    # What is refused leaves no trace, so it goes first.
    for place in sorted((OWN, FOREIGN), key=lambda p: deed.is_allowed(role, p)):
        allowed = deed.is_allowed(role, place)
        assert is_refused(deed, copy, world, place, who) is not allowed, place


@pytest.mark.parametrize("role", ROLES)
def test_every_refusal_holds_on_both_databases(store, tmp_path, role):
    made = build(store, tmp_path)
    who = officer(store, role, "N", at=AT)
    refused = [
        (name, place)
        for name, deed in DEEDS.items()
        for place in (OWN, FOREIGN)
        if not deed.is_allowed(role, place)
    ]
    let_in = [
        (name, place)
        for name, place in refused
        if not is_refused(DEEDS[name], store, made, place, who)
    ]
    assert let_in == []
    assert bool(refused) is (role is not Role.LOCAL)


@pytest.mark.parametrize("role", [r for r in ROLES if r not in STATE])
def test_ids_that_nobody_has_tell_nothing_that_anothers_dont(world, copy, role):
    """What isn't there and what isn't one's own is refused in the same words but for the id."""
    who = officer(copy, role, "N", at=AT)
    foreign = world.drafts[FOREIGN]["begun"]
    sentences = []
    for draft_id in (foreign, 999):
        with pytest.raises(AccessError) as told:
            from zoning.workflow import drafting

            drafting.get(copy, draft_id, who, AT)
        sentences.append(str(told.value).replace(str(draft_id), "#"))
    assert sentences[0] == sentences[1]
