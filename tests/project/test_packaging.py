"""What is declared in pyproject.toml is what the code needs, on the systems it is meant for."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from importlib.metadata import entry_points, packages_distributions, version
from pathlib import Path

import pytest
from packaging.requirements import Requirement

import hipwise

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
DEPENDENCIES = {r.name: r for r in map(Requirement, PROJECT["dependencies"])}
HEAVY = {"ai_edge_litert", "alembic", "altair", "av", "highspy", "numpy", "pydantic", "scipy"}
HEAVY |= {"argon2", "fastapi", "fit_tool", "icalendar", "sqlalchemy", "uvicorn", "vl_convert"}


def imported_packages() -> set[str]:
    """Names of the packages from elsewhere that any module of hipwise imports."""
    names: set[str] = set()
    for file in (ROOT / "src").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
                names.add(node.module.partition(".")[0])
    return names - sys.stdlib_module_names - {"hipwise"}


def test_every_import_is_a_declared_dependency_and_every_dependency_is_imported() -> None:
    distributions = packages_distributions()
    imported = {distributions[name][0].lower().replace("_", "-") for name in imported_packages()}
    never_imported = {"mediapipe", "python-multipart"}
    assert imported == set(DEPENDENCIES) - never_imported


@pytest.mark.parametrize(
    ("python", "system", "machine", "installed"),
    [
        ("3.11", "linux", "x86_64", True),
        ("3.12", "darwin", "arm64", True),
        ("3.12", "win32", "AMD64", True),
        ("3.12", "linux", "aarch64", False),
        ("3.13", "linux", "x86_64", False),
        ("3.14", "win32", "AMD64", False),
    ],
)
def test_the_carrier_of_the_weights_is_asked_for_only_where_it_exists(
    python: str, system: str, machine: str, installed: bool
) -> None:
    marker = DEPENDENCIES["mediapipe"].marker
    assert marker is not None
    place = {"python_version": python, "sys_platform": system, "platform_machine": machine}
    assert marker.evaluate(place) is installed


def test_one_version_everywhere() -> None:
    assert hipwise.__version__ == version("hipwise") == PROJECT["version"]


def test_the_command_is_installed() -> None:
    (command,) = entry_points(group="console_scripts", name="hipwise")
    assert command.value == PROJECT["scripts"]["hipwise"]


def test_help_answers_without_loading_what_measures() -> None:
    code = f"""
import sys
from typer.testing import CliRunner
from hipwise.cli import app
assert CliRunner().invoke(app, ["--help"]).exit_code == 0
print({HEAVY!r} & set(sys.modules))
"""
    run = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert run.stdout.strip() == "set()"
