"""`hipwise screen` as a real process: asked, read from a file, killed, and taken up again."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
import yaml

from hipwise.knowledge import load
from hipwise.screening import battery_for
from hipwise.screening.scoring import protocol_of
from hipwise.storage import Store
from tests.e2e.program import hipwise, said
from tests.screening.filled_in import answers, written

LISTS = (["road"], ["tue", "thu", "sun"], ["sun"])
PROFILE = [
    "34",
    "female",
    "1.70",
    "62",
    "5",
    "30",
    "race",
    "10",
    "4",
    "road",
    "tue thu sun",
    "sun",
    "",
    "",
]
SAFE = ["no"] * len(load().intake)
KNEE = {"left": [9, 10, 9.5], "right": [4, 4.5, 4.5]}


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "data"
    monkeypatch.setenv("HIPWISE_DATA", str(folder))
    return folder


def good_tries() -> list[str]:
    """What a runner types for every test of the home set, in order."""
    typed: list[str] = []
    for planned in battery_for(answers().runner, "home", load()).tests:
        for id in planned.values:
            value = protocol_of(id, load()).recorded[id]
            middle = round((value.limits.low + value.limits.high) / 2)
            written_down = "yes" if value.pass_fail else str(middle)
            typed += [written_down] * planned.protocol.trials.count * (2 if value.sided else 1)
    return typed


def asked(typed: list[str], folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "hipwise", "screen", *options],
        cwd=folder,
        input="".join(f"{line}\n" for line in typed),
        capture_output=True,
        text=True,
        timeout=120,
        env=os.environ | {"COLUMNS": "100", "NO_COLOR": "1"},
        check=False,
    )


def file_of(raw: dict[str, Any], folder: Path) -> Path:
    path = folder / "me.yaml"
    path.write_text(yaml.safe_dump(raw), encoding="utf-8")
    return path


def without_times(document: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in document.items() if key != "taken_at"}


def test_an_answers_file_gives_measurements_and_a_routine(tmp_path: Path, data: Path) -> None:
    path = file_of(written({"knee_to_wall": KNEE}), tmp_path)
    result = hipwise("screen", "--answers", path, "--json", "--out", "out", folder=tmp_path)
    assert result.returncode == 0, result.stderr
    document = json.loads(result.stdout)
    assert document["schema"] == "hipwise.screening/1"
    assert document["result"]["safety"] == {"stop": False, "flags": []}
    assert {m["side"]: m["value"] for m in document["result"]["measurements"]} == {
        "left": 10,
        "right": 4.5,
    }
    assert document["result"]["session"]["seconds"] <= 600
    assert json.loads((tmp_path / "out" / "screening.json").read_text("utf-8")) == document
    assert not data.exists()
    again = hipwise("screen", "--answers", "out/screening.json", "--json", folder=tmp_path)
    assert json.loads(again.stdout) == document


def test_the_summary_tells_safety_values_and_routine(tmp_path: Path) -> None:
    path = file_of(written({"knee_to_wall": KNEE}), tmp_path)
    result = hipwise("screen", "--answers", path, folder=tmp_path)
    assert result.returncode == 0, result.stderr
    told = ("safety answers", "Knee to wall (cm)", "10.0 ± 1.9", "What stands out", "routine")
    for words in told:
        assert words in result.stdout


@pytest.mark.parametrize("options", [(), ("--json",), ("--json", "--out", "out")])
def test_a_red_flag_stops_whatever_the_options(tmp_path: Path, options: tuple[str, ...]) -> None:
    path = file_of(written({"knee_to_wall": KNEE}, {"safety.q_night_pain": True}), tmp_path)
    result = hipwise("screen", "--answers", path, *options, folder=tmp_path)
    assert result.returncode == 5
    assert "Whom to see: A doctor" in said(result)
    assert "How soon: within days" in said(result)
    if options:
        outcome = json.loads(result.stdout)["result"]
        assert outcome["safety"]["stop"]
        assert not outcome["measurements"]
        assert outcome["session"] is None
    else:
        assert "routine" not in result.stdout


@pytest.mark.parametrize(
    ("field", "value", "code", "words"),
    [
        ("runner.height_m", 170, 3, "'runner.height_m'"),
        ("runner.nickname", "Al", 3, "'runner.nickname'"),
        ("tests.knee_to_wall", {"left": [9, 9, 9]}, 4, "'tests.knee_to_wall.right'"),
        ("safety.q_limp", None, 4, "'safety.q_limp'"),
    ],
)
def test_a_bad_file_is_one_sentence(
    tmp_path: Path, field: str, value: object, code: int, words: str
) -> None:
    path = file_of(written(None, {field: value}), tmp_path)
    result = hipwise("screen", "--answers", path, "--out", "out", folder=tmp_path)
    assert result.returncode == code, result.stderr
    assert words in said(result)
    assert "Traceback" not in result.stderr
    assert not (tmp_path / "out").exists()


def test_the_template_filled_in_is_an_answers_file(tmp_path: Path) -> None:
    printed = hipwise("screen", "--template", "--set", "full", folder=tmp_path)
    assert printed.returncode == 0, printed.stderr
    unfilled = tmp_path / "unfilled.yaml"
    unfilled.write_text(printed.stdout, encoding="utf-8")
    assert hipwise("screen", "--answers", unfilled, folder=tmp_path).returncode == 3
    raw, own = yaml.safe_load(printed.stdout), written()
    raw["runner"] |= own["runner"]
    raw["safety"] |= own["safety"]
    raw["tests"]["knee_to_wall"] |= KNEE
    result = hipwise("screen", "--answers", file_of(raw, tmp_path), folder=tmp_path)
    assert result.returncode == 0, result.stderr
    assert "Knee to wall" in result.stdout


def test_a_whole_session_is_asked_and_kept(tmp_path: Path, data: Path) -> None:
    result = asked([*PROFILE, *SAFE, *good_tries()], tmp_path)
    assert result.returncode == 0, result.stderr
    assert "Today’s routine" in result.stdout
    (document,) = finished(data)
    assert document["result"]["measurements"]
    assert draft_of(data) is None


def test_what_cannot_be_is_asked_again_with_the_reason(tmp_path: Path, data: Path) -> None:
    typed = ["8", "34", "female", "170", "1.70", "137", *PROFILE[4:12], "no", "62", "", ""]
    result = asked([*typed, "perhaps", *SAFE, "999"], tmp_path)
    assert result.returncode == 0, result.stderr
    for words in ("10 to 100", "write metres: 1.70", "in pounds", "Type yes or no", "999"):
        assert words in " ".join(result.stdout.split())
    assert begun(data)["runner"]["mass_kg"] == 62


def test_a_red_flag_in_the_session_ends_it_before_any_test(tmp_path: Path, data: Path) -> None:
    result = asked([*PROFILE, "yes", *SAFE], tmp_path)
    assert result.returncode == 5
    assert "Whom to see" in said(result)
    assert "try 1" not in result.stdout
    assert draft_of(data) is None


def test_killed_at_any_point_it_goes_on_where_it_stopped(tmp_path: Path, data: Path) -> None:
    typed = [*PROFILE, *SAFE, *good_tries()]
    whole = asked(typed, tmp_path)
    assert whole.returncode == 0, whole.stderr
    (expected,) = finished(data)
    shutil.rmtree(data)
    rest = typed
    for answered in (4, 20, 8):
        rest = killed_after(answered, rest, tmp_path, data)
    result = asked(rest, tmp_path)
    assert result.returncode == 0, result.stderr
    assert "Going on where you stopped" in result.stdout
    (kept,) = finished(data)
    assert without_times(kept) == without_times(expected)


def killed_after(answered: int, typed: list[str], folder: Path, data: Path) -> list[str]:
    """Type some answers, kill the process once they are saved, and return those still to type."""
    before = number_saved(data)
    process = subprocess.Popen(
        [sys.executable, "-m", "hipwise", "screen"],
        cwd=folder,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdin is not None
    process.stdin.write("".join(f"{line}\n" for line in typed[:answered]))
    process.stdin.flush()
    deadline = time.monotonic() + 60
    while number_saved(data) < before + answered and time.monotonic() < deadline:
        time.sleep(0.05)
    process.kill()
    process.stdin.close()
    process.wait()
    assert number_saved(data) == before + answered
    return typed[answered:]


def number_saved(data: Path) -> int:
    """How many answers the draft on the disk holds."""

    def count(part: object) -> int:
        if isinstance(part, dict):
            return sum(count(inner) for inner in part.values())
        return len(part) if isinstance(part, list) and part not in LISTS and part else 1

    draft = draft_of(data) or {}
    return sum(count(draft.get(part, {})) for part in ("runner", "safety", "tests"))


def draft_of(data: Path) -> dict[str, Any] | None:
    with Store.open(data) as store:
        return store.draft.get()


def begun(data: Path) -> dict[str, Any]:
    draft = draft_of(data)
    assert draft is not None
    return draft


def finished(data: Path) -> list[dict[str, Any]]:
    with Store.open(data) as store:
        return [json.loads(screening.document) for screening in store.screenings.kept()]


def test_pausing_keeps_and_restarting_forgets(tmp_path: Path, data: Path) -> None:
    assert asked([*PROFILE[:3], "q"], tmp_path).returncode == 0
    assert begun(data)["runner"] == {"age_years": 34, "sex": "female", "height_m": 1.7}
    assert asked(["50", "q"], tmp_path, "--restart").returncode == 0
    assert begun(data)["runner"] == {"age_years": 50}
    other = asked([], tmp_path, "--set", "full")
    assert other.returncode == 2
    assert "--restart" in said(other)


def test_after_a_day_safety_and_tests_are_asked_anew(tmp_path: Path, data: Path) -> None:
    asked([*PROFILE, *SAFE, *good_tries()[:2]], tmp_path)
    draft = begun(data)
    assert draft["tests"]
    with Store.open(data) as store:
        store.draft.put(draft | {"taken_at": "2026-01-01T10:00:00+00:00"})
    asked(["no"], tmp_path)
    fresh = begun(data)
    assert fresh["runner"] == draft["runner"]
    assert fresh["safety"] == {"q_groin_load": False}
    assert "tests" not in fresh


def test_a_damaged_draft_and_nobody_to_answer(tmp_path: Path, data: Path) -> None:
    nobody = asked([], tmp_path)
    assert nobody.returncode == 2
    assert "--answers" in said(nobody)
    (data / "screenings").mkdir()
    (data / "screenings" / "unfinished.json").write_text('{"schema": "hipw', encoding="utf-8")
    damaged = asked([], tmp_path)
    assert damaged.returncode == 3
    assert "--restart" in said(damaged)


def test_wrong_wishes(tmp_path: Path) -> None:
    path = file_of(written(), tmp_path)
    for options in (("--set", "gym", "--template"), ("--answers", str(path), "--for", "swimming")):
        result = hipwise("screen", *options, folder=tmp_path)
        assert result.returncode == 2, result.stderr
        assert "Traceback" not in result.stderr
    blocked = tmp_path / "taken"
    blocked.write_text("a file")
    result = hipwise("screen", "--answers", path, "--out", blocked, folder=tmp_path)
    assert result.returncode == 2
    assert "taken" in said(result)
