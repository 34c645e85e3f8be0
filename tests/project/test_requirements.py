"""A test that is skipped for want of data or a browser fails where these are required."""

from __future__ import annotations

from pathlib import Path

import pytest

CONFTEST = Path(__file__).parents[1] / "conftest.py"
TESTS = """
import pytest

def test_recording(shared_data):
    pass

@pytest.mark.data
def test_marked():
    pytest.skip("cannot be read here")

def test_page(chromium):
    pass

def test_other():
    pytest.skip("not on this system")
"""


@pytest.fixture
def poor_project(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """A project without recordings and without a browser."""
    pytester.makeconftest(CONFTEST.read_text(encoding="utf-8"))
    pytester.makeini("[pytest]\nmarkers =\n    data: x\n    browser: x\n")
    pytester.makepyfile(TESTS)
    monkeypatch.setenv("PATH", str(pytester.path))
    monkeypatch.delenv("PYTEST_ADDOPTS", raising=False)
    monkeypatch.delenv("HIPWISE_REQUIRE_DATA", raising=False)
    monkeypatch.delenv("HIPWISE_REQUIRE_BROWSER", raising=False)
    return pytester


@pytest.mark.parametrize(
    ("required", "expected"),
    [
        ([], {"skipped": 4}),
        (["HIPWISE_REQUIRE_DATA"], {"failed": 1, "errors": 1, "skipped": 2}),
        (["HIPWISE_REQUIRE_BROWSER"], {"errors": 1, "skipped": 3}),
        (
            ["HIPWISE_REQUIRE_DATA", "HIPWISE_REQUIRE_BROWSER"],
            {"failed": 1, "errors": 2, "skipped": 1},
        ),
    ],
)
def test_a_skip_fails_only_where_what_is_missing_is_required(
    poor_project: pytest.Pytester,
    monkeypatch: pytest.MonkeyPatch,
    required: list[str],
    expected: dict[str, int],
) -> None:
    for variable in required:
        monkeypatch.setenv(variable, "1")
    result = poor_project.runpytest_inprocess("-p", "no:cacheprovider", "-p", "no:playwright")
    result.assert_outcomes(**expected)
    if required:
        result.stdout.fnmatch_lines([f"*not on this machine (required by {required[0]}=1)*"])
