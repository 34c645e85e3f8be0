"""`hipwise plan`, `today` and `log` as a runner uses them, one after the other."""

from __future__ import annotations

import json
import shutil
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from icalendar import Calendar

from hipwise.knowledge import load
from hipwise.planning.document import from_document
from hipwise.screening.contradictions import ANSWERED_BY
from tests.e2e.program import hipwise, said
from tests.screening.filled_in import written

KNEE = {"left": [9, 10, 9.5], "right": [4, 4.5, 4.5]}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HIPWISE_DATA", str(tmp_path / "data"))
    (tmp_path / "me.yaml").write_text(yaml.safe_dump(of_today()), encoding="utf-8")
    return tmp_path


def today() -> date:
    return datetime.now().astimezone().date()


def of_today(**changes: object) -> dict[str, Any]:
    return written({"knee_to_wall": KNEE}, {"taken_at": str(today()), **changes})


def ran(folder: Path, *arguments: str) -> str:
    result = hipwise(*arguments, folder=folder)
    assert result.returncode == 0, result.stderr
    return " ".join(result.stdout.split())


def kept(folder: Path) -> Path:
    ran(folder, "screen", "--answers", "me.yaml", "--keep")
    return folder


def test_from_answers_to_plan_to_today_to_log_and_back(folder: Path) -> None:
    kept(folder)
    told = ran(folder, "plan", "--weeks", "2", "--days", "7", "--out", "out", "--at", "18:30")
    for words in ("Week 1", "Your right ankle bends little", "Pain is your guide", "plan.ics"):
        assert words in told
    plan = from_document(json.loads((folder / "out" / "plan.json").read_text("utf-8")))
    calendar = Calendar.from_ical((folder / "out" / "plan.ics").read_bytes())
    sessions = {s.id for w in plan.weeks for s in w.sessions}
    assert sessions <= {str(e["uid"]).removesuffix("@hipwise") for e in calendar.walk("VEVENT")}
    day = json.loads(hipwise("today", "--json", folder=folder).stdout)
    (planned,) = day["sessions"]
    assert planned["id"] in sessions
    first = planned["items"][0]["exercise"]
    last = str(len(planned["items"]))
    told = ran(folder, "log", "done", "--hurt", "1=7", "--hard", last, "--before", "0")
    assert "Pain 7 of 10 is red" in told
    assert "Done for today" in ran(folder, "today")
    later = json.loads(hipwise("plan", "--json", folder=folder).stdout)
    used = {i["exercise"] for s in later["plan"]["weeks"][0]["sessions"] for i in s["items"]}
    assert first not in used
    assert all(s["day"] > str(today()) for s in later["plan"]["weeks"][0]["sessions"])
    entry = f"session.{planned['id']}"
    assert entry in ran(folder, "log", "list")
    ran(folder, "log", "remove", entry)
    assert "Nothing is written down" in ran(folder, "log", "list")
    again = json.loads(hipwise("today", "--json", folder=folder).stdout)
    assert again["sessions"][0]["id"] == planned["id"]


def test_four_minutes_without_things(folder: Path) -> None:
    kept(folder)
    result = hipwise("today", "--minutes", "4", "--no-equipment", "--json", folder=folder)
    (session,) = json.loads(result.stdout)["sessions"]
    assert 0 < session["seconds"] <= 240
    told = ran(folder, "today", "--minutes", "4", "--no-equipment")
    assert session["items"][0]["name"] in told
    assert "Why:" in told


def test_everything_else_can_be_written_down(folder: Path) -> None:
    kept(folder)
    ran(folder, "log", "run", "8.5", "--hard", "--pain", "1")
    ran(folder, "log", "morning", "--pain", "4", "--stiff")
    first, last = today() + timedelta(days=1), today() + timedelta(days=3)
    ran(folder, "log", "ill", str(first), str(last))
    ran(folder, "log", "away", str(last))
    told = ran(folder, "log", "list")
    for words in ("a hard run of 8.5 km", "pain 4 of 10, stiff", "ill until", "away from your"):
        assert words in told
    plan = json.loads(hipwise("plan", "--json", folder=folder).stdout)["plan"]
    days = {s["day"] for w in plan["weeks"] for s in w["sessions"]}
    assert not days & {str(first), str(first + timedelta(days=1)), str(last)}


def test_answers_files_give_a_plan_and_keep_nothing(folder: Path) -> None:
    ran(folder, "plan", "--answers", "me.yaml", "--weeks", "1", "--out", "out")
    assert not (folder / "data").exists()
    assert {file.name for file in (folder / "out").iterdir()} == {
        "plan.html",
        "plan.json",
        "plan.ics",
    }


@pytest.mark.parametrize(
    ("options", "code", "words"),
    [
        (("--minutes", "0"), 2, "above 0"),
        (("--minutes", "600"), 2, "up to 180"),
        (("--days", "0"), 2, "1 to 7"),
        (("--days", "9"), 2, "1 to 7"),
        (("--weeks", "0"), 2, "1 to 26"),
        (("--race", "2020-04-25"), 2, "is over"),
        (("--race", "in spring"), 2, "--race 'in spring' is no day"),
        (("--start", "soon"), 2, "--start 'soon' is no day"),
        (("--equipment", "trampoline"), 2, "no equipment 'trampoline'"),
        (("--runs", "tue,someday"), 2, "is not known"),
        (("--runs", "tue", "--hard", "sun"), 2, "hard day without a run"),
        (("--when", "during"), 2, "before, after, both"),
        (("--away", "2027-01-05:2027-01-01"), 2, "before the first"),
        (("--at", "noon"), 2, "18:30"),
        (("--out", "me.yaml"), 2, "me.yaml"),
    ],
)
def test_what_cannot_be_is_one_sentence(
    folder: Path, options: tuple[str, ...], code: int, words: str
) -> None:
    result = hipwise("plan", "--answers", "me.yaml", *options, folder=folder)
    assert result.returncode == code, result.stdout
    assert words in said(result)
    assert "Traceback" not in result.stderr


def test_before_the_safety_questions_there_is_nothing(folder: Path) -> None:
    for command in (("plan",), ("today",), ("today", "--minutes", "4"), ("log", "done")):
        result = hipwise(*command, folder=folder)
        assert result.returncode == 4
        assert "hipwise screen" in said(result)


def test_a_red_flag_stops_everything(folder: Path) -> None:
    (folder / "me.yaml").write_text(
        yaml.safe_dump(of_today(**{"safety.q_night_pain": True})), encoding="utf-8"
    )
    assert hipwise("screen", "--answers", "me.yaml", "--keep", folder=folder).returncode == 5
    for command in (("plan",), ("today", "--minutes", "4"), ("plan", "--answers", "me.yaml")):
        result = hipwise(*command, folder=folder)
        assert result.returncode == 5
        assert "Whom to see" in said(result)
        assert not result.stdout


def test_with_every_condition_at_once_what_is_left_is_safe(folder: Path) -> None:
    library = load()
    tags = [tag for tag in library.asked_conditions if tag not in ANSWERED_BY]
    raw = of_today(**{"runner.conditions": tags})
    (folder / "me.yaml").write_text(yaml.safe_dump(raw), encoding="utf-8")
    result = hipwise("plan", "--answers", "me.yaml", "--json", folder=folder)
    assert result.returncode == 0, result.stderr
    plan = json.loads(result.stdout)["plan"]
    used = {i["exercise"] for w in plan["weeks"] for s in w["sessions"] for i in s["items"]}
    assert used
    assert not any(set(library.exercise(id).contraindications) & set(tags) for id in used)
    assert plan["resting"]
    assert plan["left_out"]


@pytest.fixture(scope="module")
def with_a_plan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Records with a screening and a plan, to be copied."""
    place = tmp_path_factory.mktemp("planned")
    (place / "me.yaml").write_text(yaml.safe_dump(of_today()), encoding="utf-8")
    for command in (
        ("screen", "--answers", "me.yaml", "--keep"),
        ("plan", "--days", "7", "--weeks", "1"),
    ):
        assert hipwise(*command, folder=place).returncode == 0
    return place / "data"


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (("log", "done", "--hurt", "2"), "says no number"),
        (("log", "done", "--hurt", "1=70"), "0 to 10"),
        (("log", "done", "--easy", "99"), "'99' is not in this session"),
        (("log", "done", "--on", "2999-01-01"), "still to come"),
        (("log", "done", "--on", "2020-01-01"), "No session was planned"),
        (("log", "morning", "--pain", "11"), "0 to 10"),
        (("log", "run", "0"), "kilometres"),
        (("log", "ill", "yesterday"), "is no day"),
        (("log", "ill", "2026-05-05", "2026-05-01"), "wrong way round"),
        (("log", "remove", "nothing"), "no entry 'nothing'"),
        (("today", "--minutes", "-3"), "above 0"),
        (("today", "--for", "swimming"), "no phase 'swimming'"),
    ],
)
def test_what_cannot_be_written_down_is_one_sentence(
    folder: Path, with_a_plan: Path, command: tuple[str, ...], words: str
) -> None:
    shutil.copytree(with_a_plan, folder / "data")
    result = hipwise(*command, folder=folder)
    assert result.returncode == 2, result.stdout
    assert words in said(result)
    assert "Traceback" not in result.stderr
