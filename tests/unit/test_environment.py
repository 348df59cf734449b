"""The conda environment, the settings and the commands stay in step with their documents."""

from __future__ import annotations

import re
import subprocess
import tomllib

import pytest
import yaml

from tests.source_tree import ROOT
from zoning.settings import Settings

CONDA_NAMES = {
    "psycopg2-binary": "psycopg2",
    "typst": "typst-py",
    "tzdata": "python-tzdata",
    "playwright": "playwright-python",
}
CONDA_ONLY = {"python", "pip"}


@pytest.fixture(scope="module")
def project():
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def conda():
    return yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def operations():
    return (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")


def bounds(requirements):
    """Return the version bound of each package by name, extras and markers left out."""
    split = (re.match(r"([\w.-]+)(?:\[[^\]]*\])?\s*([^;]*)", text) for text in requirements)
    return {match[1].lower(): match[2].strip() for match in split}


def test_the_conda_environment_is_in_step_with_the_project(project, conda):
    wanted = bounds([*project["project"]["dependencies"], *project["dependency-groups"]["test"]])
    wanted = {CONDA_NAMES.get(name, name): bound for name, bound in wanted.items()}
    listed = bounds(conda["dependencies"])
    assert {name: bound for name, bound in listed.items() if name not in CONDA_ONLY} == wanted


def test_the_conda_environment_takes_one_channel_and_the_same_python(project, conda):
    assert conda["channels"] == ["conda-forge"]
    assert bounds(conda["dependencies"])["python"] == project["project"]["requires-python"]


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_every_setting_is_documented_with_its_default(name, operations):
    field = Settings.model_fields[name]
    row = re.search(rf"^\| `ZONING_{name.upper()}` \|(.*)\|$", operations, flags=re.M)
    assert row, f"describe ZONING_{name.upper()} in docs/operations.md"
    default = str(field.get_default())
    assert f"`{default}`" in row[1] if default else "empty" in row[1]


def test_no_setting_is_documented_that_does_not_exist(operations):
    documented = set(re.findall(r"^\| `ZONING_(\w+)` \|", operations, flags=re.M))
    assert documented == {name.upper() for name in Settings.model_fields}


def test_every_target_of_the_makefile_is_described():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.search(r"^\.PHONY: (.*)$", makefile, flags=re.M)[1].split())
    described = set(re.findall(r"^([a-z]+):.*?##", makefile, flags=re.M))
    assert targets == described
    mentioned = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert {t for t in targets if f"make {t}" not in mentioned} == set()


def test_the_continuous_integration_runs_what_a_contributor_runs():
    steps = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    assert "set -euo pipefail" in steps
    assert "make check test" in steps


@pytest.mark.parametrize("script", [".ci/run", "tests/system_packages.sh"])
def test_a_shell_script_has_no_syntax_error(script):
    shell = "bash" if script.startswith(".ci") else "sh"
    subprocess.run([shell, "-n", str(ROOT / script)], check=True)


def test_the_licence_is_the_one_the_project_names(project):
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert project["project"]["license"] == "Apache-2.0"
    assert "Apache License" in text
    assert "END OF TERMS AND CONDITIONS" in text


def test_the_pre_commit_hooks_are_the_checks_of_the_makefile():
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    assert [repo["repo"] for repo in hooks["repos"]] == ["local"]
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    recipe = makefile.split("\ncheck: ")[1].split("\n\n")[0]
    entries = [hook["entry"].split()[0] for repo in hooks["repos"] for hook in repo["hooks"]]
    for entry in entries:
        assert entry.replace(".venv/bin", "$(BIN)") in recipe
