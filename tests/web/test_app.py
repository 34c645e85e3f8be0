"""The app: who may come in, what is refused, what every page shows, what is kept."""

from __future__ import annotations

import json
import re
import tempfile
import zipfile
from datetime import datetime, timedelta
from hashlib import sha256
from html import unescape
from pathlib import Path
from typing import Any

import fitdecode
import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from fastapi.testclient import TestClient
from icalendar import Calendar

from hipwise.knowledge import load
from hipwise.progress.log import RunDone
from hipwise.services.changes import Changes
from hipwise.services.plans import keep_plan
from hipwise.storage import Store
from hipwise.web import create_app
from hipwise.web.app import STATIC
from hipwise.web.guard import HEADERS
from hipwise.web.sessions import PASSWORD, TRIES, Sessions, hashed
from tests.screening.filled_in import RUNNER

PAGES = ("/today", "/check", "/hips", "/plan", "/progress", "/evidence", "/settings", "/play")
NASTY = "<script>alert(1)</script>"


def form_token(client: TestClient) -> str:
    return str(client.get("/api/v1/form-token").json()["form_token"])


def posted(client: TestClient, path: str, **fields: Any) -> Any:
    return client.post(path, data={"form_token": form_token(client), **fields})


def who(**changes: Any) -> dict[str, Any]:
    """Fields of the form that asks who the runner is."""
    flat = {**RUNNER, **RUNNER["experience"], "height_m": 170, "trains": "both", **changes}
    return {name: value for name, value in flat.items() if name != "experience"}


def session_entry(client: TestClient, **changes: object) -> dict[str, Any]:
    session = client.get("/api/v1/sessions/today?minutes=4").json()
    items = [{**i, "felt": "right"} for i in session["items"]]
    return {
        "entry": "session",
        "id": "from-the-browser",
        "at": datetime.now().astimezone().isoformat(timespec="seconds"),
        "session": session["session"],
        "kind": session["kind"],
        "seconds": 240,
        "items": items,
        "pain_after": 1,
        **changes,
    }


def sent(client: TestClient, entry: dict[str, Any]) -> Any:
    return client.post("/api/v1/log", json=entry, headers={"x-form-token": form_token(client)})


@pytest.mark.parametrize(
    "path", [*PAGES, "/api/v1/plan", "/figures/exercise/cat_cow.webp", "/start"]
)
def test_without_the_printed_address_nobody_comes_in(stranger: TestClient, path: str) -> None:
    answer = stranger.get(path, follow_redirects=False)
    assert answer.status_code == 401
    assert "hipwise serve" in answer.text


def test_a_wrong_token_lets_nobody_in(stranger: TestClient) -> None:
    assert stranger.get("/enter?token=guessed").status_code == 400
    assert stranger.get("/today").status_code == 401


def test_the_address_is_clean_and_the_cookie_is_safe(stranger: TestClient) -> None:
    answer = stranger.get("/enter?token=made-for-this-test", follow_redirects=False)
    assert answer.headers["location"] == "/today"
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie


def test_another_name_for_this_machine_is_not_answered(visitor: TestClient) -> None:
    answer = visitor.get("/today", headers={"host": "evil.example:8765"})
    assert answer.status_code == 421


@pytest.mark.parametrize("path", PAGES)
def test_every_page_has_the_safe_headers_and_no_script_of_its_own(
    runner: TestClient, path: str
) -> None:
    answer = runner.get(path)
    assert answer.status_code == 200
    for name, value in HEADERS.items():
        assert answer.headers[name] == value
    assert "unsafe" not in HEADERS["Content-Security-Policy"]
    assert not re.search(r"<script(?![^>]*\bsrc=)", answer.text)
    assert not re.search(r"\s(?:on\w+|style)=", answer.text)
    for address in re.findall(r'(?:src|href)="([^"]+)"', answer.text):
        assert address.startswith(("/", "#", "https://doi.org/", "https://", "http://localhost"))
    for source in re.findall(r'\ssrc="([^"]+)"', answer.text):
        assert source.startswith("/"), "nothing is loaded from elsewhere"


def test_the_first_load_is_small(runner: TestClient) -> None:
    sizes = [len(runner.get(p).content) for p in ("/today", "/look.css", "/static/app.js")]
    sizes.append((STATIC / "outbox.js").stat().st_size)
    assert sum(sizes) < 300_000


def test_a_form_of_another_page_is_refused(runner: TestClient, store: Store) -> None:
    token = form_token(runner)
    for data, headers in (
        ({"word": "delete"}, {}),
        ({"word": "delete", "form_token": "guessed"}, {}),
        ({"word": "delete", "form_token": token}, {"origin": "https://evil.example"}),
        ({"word": "delete", "form_token": token}, {"origin": "null"}),
    ):
        answer = runner.post("/settings/delete", data=data, headers=headers)
        assert answer.status_code in {400, 403}
    assert runner.post("/api/v1/log", json=session_entry(runner)).status_code == 403
    assert store.screenings.latest() is not None


def test_no_exporter_is_asked_for_though_the_environment_does(
    store: Store, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("FASTAPI_OTEL_AUTO_CONFIGURE", "true")
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9")
    app = create_app(store, Sessions("token"))
    with TestClient(app, base_url="http://localhost") as client:
        assert client.get("/enter?token=token").status_code == 200
    told = [record.getMessage() for record in caplog.records]
    assert not [words for words in told if "telemetry" in words], "none is installed here"


def test_too_much_is_refused_before_it_is_read(runner: TestClient) -> None:
    headers = {
        "content-length": str(3 * 2**30),
        "content-type": "application/x-www-form-urlencoded",
    }
    assert runner.post("/settings/import", headers=headers, content=b"").status_code == 413
    headers["content-length"] = str(2**21)
    assert runner.post("/plan", headers=headers, content=b"").status_code == 413


@pytest.mark.parametrize(
    "path",
    [
        "/figures/exercise/..%2f..%2f..%2fetc%2fpasswd",
        "/figures/exercise/../../etc/passwd",
        "/figures/exercise/handstand.webp",
        "/static/..%2fapp.py",
        "/static/../app.py",
        "/evidence/..%2f..%2fetc%2fpasswd",
        "/calendar/guessed.ics",
        "/calendar/.ics",
        "/nothing",
    ],
)
def test_what_is_not_there_is_said(runner: TestClient, path: str) -> None:
    answer = runner.get(path)
    assert answer.status_code in {400, 404}
    assert "root:" not in answer.text
    assert "Traceback" not in answer.text


def test_from_a_first_visit_to_a_first_routine(visitor: TestClient, store: Store) -> None:
    assert "A few minutes for your hips" in visitor.get("/").text
    answer = posted(visitor, "/start", **who())
    assert "Safety first" in answer.text
    answer = posted(visitor, "/start/safety", **dict.fromkeys(load().intake, "no"))
    assert "Today" in answer.text
    assert store.screenings.latest() is not None
    assert store.plans.current() is not None
    profile = store.runner.get()
    assert profile is not None
    assert profile.height_m == pytest.approx(1.70)


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("age_years", "8", "10 to 100"),
        ("age_years", "", "Age is missing"),
        ("mass_kg", "137", "in pounds"),
        ("height_m", NASTY, "Height"),
        ("minutes", "0", "Minutes for a session"),
        ("surfaces", [], "What you run on"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_lost(
    visitor: TestClient, field: str, value: Any, words: str
) -> None:
    answer = posted(visitor, "/start", **who(**{field: value}))
    assert answer.status_code == 400
    assert words in answer.text
    assert NASTY not in answer.text
    assert 'value="30"' in answer.text, "what was typed stands there still"


def test_a_red_flag_stops_here(visitor: TestClient, store: Store) -> None:
    posted(visitor, "/start", **who())
    answers = {**dict.fromkeys(load().intake, "no"), "q_night_pain": "yes"}
    answer = posted(visitor, "/start/safety", **answers)
    assert "Stop here" in answer.text
    assert "Whom to see" in answer.text
    assert store.plans.current() is None
    for path in ("/today", "/plan", "/film?what=mobility"):
        assert "Stop here" in visitor.get(path).text
    assert visitor.get("/api/v1/sessions/today?minutes=4").status_code == 403


def test_a_check_is_kept_after_every_test_and_shows_the_hips(
    runner: TestClient, store: Store
) -> None:
    posted(runner, "/check", set="full")
    flat = {
        **RUNNER,
        **RUNNER["experience"],
        "height_m": 170,
        "trains": "both",
        "equipment": EQUIPMENT,
    }
    posted(runner, "/start?then=check", **{k: v for k, v in flat.items() if k != "experience"})
    answer = posted(runner, "/start/safety?then=check", **dict.fromkeys(load().intake, "no"))
    seen = []
    while str(answer.url.path).startswith("/check/"):
        test = str(answer.url.path).rpartition("/")[2]
        assert load().protocol(test).name in unescape(answer.text)
        seen.append(test)
        if test == "knee_to_wall":
            bad = posted(runner, f"/check/{test}", **{"knee_to_wall|left|0": "900"})
            assert bad.status_code == 400
            fields = {
                f"{test}|{side}|{n}": str(value)
                for side, values in KNEE_TRIES.items()
                for n, value in enumerate(values)
            }
            answer = posted(runner, f"/check/{test}", **fields)
            draft = store.draft.get()
            assert draft is not None
            assert draft["tests"][test]["right"] == [4, 4.5, 4.5]
        else:
            answer = posted(runner, f"/check/{test}", leave_out="yes")
    assert "knee_to_wall" in seen
    assert answer.url.path == "/hips"
    assert "Your right ankle bends little" in answer.text
    assert store.draft.get() is None


EQUIPMENT = ["tape", "ruler"]
KNEE_TRIES = {"left": [9, 10, 9.5], "right": [4, 4.5, 4.5]}


def test_a_log_entry_sent_twice_counts_once(runner: TestClient, store: Store) -> None:
    entry = session_entry(runner)
    assert sent(runner, entry).status_code == 201
    assert sent(runner, entry).status_code == 201
    assert len(store.log.entries()) == 1
    other = sent(runner, {**entry, "pain_after": 3})
    assert other.status_code == 409
    assert "remove that one first" in other.json()["error"]
    assert len(store.log.entries()) == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"entry": "poem"}, "poem"),
        ({"pain_after": 70}, "0 to 10"),
        ({"at": "yesterday"}, "at"),
        ({"items": "all"}, "items"),
        ({"id": "x" * 500}, "100 characters"),
    ],
)
def test_what_cannot_be_logged_is_said(
    runner: TestClient, store: Store, changes: dict[str, Any], words: str
) -> None:
    answer = sent(runner, session_entry(runner, **changes))
    assert answer.status_code == 400
    assert words in answer.json()["error"]
    assert store.log.entries() == ()


def test_script_in_every_field_is_harmless(runner: TestClient, store: Store) -> None:
    sent(runner, session_entry(runner, id=NASTY))
    for path in (*PAGES, f"/evidence?search={NASTY}"):
        assert NASTY not in runner.get(path).text
    assert len(store.log.entries()) == 1
    posted(runner, "/progress/remove", id=NASTY)
    assert store.log.entries() == ()


def test_the_plan_is_solved_anew_and_a_second_window_is_told(
    runner: TestClient, store: Store
) -> None:
    page = runner.get("/plan").text
    (version,) = set(re.findall(r'name="version" value="(\d+)"', page))
    wishes = {"version": version, "minutes": "6", "days": "2", "trains": "after"}
    assert "<h1>Your plan</h1>" in posted(runner, "/plan", **wishes).text
    current = store.plans.current()
    assert current is not None
    assert current.version == int(version) + 1
    late = posted(runner, "/plan", **{**wishes, "minutes": "9"})
    assert "changed in the meantime" in late.text
    bad = posted(runner, "/plan", **{**wishes, "version": str(current.version), "minutes": "0"})
    assert "above 0" in bad.text
    kept = store.plans.current()
    assert kept is not None
    assert kept.version == current.version


def test_the_calendar_follows_by_its_secret_alone(runner: TestClient, store: Store) -> None:
    (address,) = re.findall(
        r"http://localhost:8765(/calendar/[\w-]+\.ics)", runner.get("/plan").text
    )
    anybody = TestClient(runner.app, base_url="http://localhost:8765")
    calendar = Calendar.from_ical(anybody.get(address).content)
    assert len(calendar.walk("VEVENT")) > 5
    assert store.settings.get("web.calendar") in address


def test_mornings_runs_and_days_off_are_written_down(runner: TestClient, store: Store) -> None:
    posted(runner, "/progress", what="morning", pain="4", stiff="yes")
    posted(runner, "/progress", what="run", km="8,5", hard="yes")
    posted(runner, "/progress", what="ill", first="2026-12-24", last="2026-12-26")
    text = runner.get("/progress").text
    for words in ("pain 4 of 10", "a hard run of 8.5 km", "ill until 2026-12-26", "amber"):
        assert words in text
    assert posted(runner, "/progress", what="run", km="far").status_code == 400
    assert posted(runner, "/progress", what="morning", pain="40").status_code == 400
    assert len(store.log.entries()) == 3


def test_everything_can_be_taken_along_brought_in_and_deleted(
    runner: TestClient, store: Store
) -> None:
    sent(runner, session_entry(runner))
    taken = posted(runner, "/settings/export")
    assert taken.content[:2] == b"PK"
    posted(runner, "/settings/delete", word="no")
    assert store.log.entries()
    assert "Everything is deleted" in posted(runner, "/settings/delete", word="delete").text
    assert store.log.entries() == ()
    for content, words in ((b"no zip at all", "400"), (taken.content, "Taken in")):
        answer = runner.post(
            "/settings/import",
            data={"form_token": form_token(runner)},
            files={"file": ("../../etc/passwd", content, "text/plain")},
        )
        assert words in f"{answer.status_code} {answer.text}"
        assert f"{tempfile.gettempdir()}/hipwise-" not in answer.text
        assert ("passwd is no whole zip" in answer.text) == (words == "400")
    assert len(store.log.entries()) == 1


def test_a_password_is_asked_elsewhere_and_guessing_is_braked(store: Store) -> None:
    store.settings.put(PASSWORD, hashed("a long password"))
    client = TestClient(create_app(store, Sessions(None)), base_url="http://192.168.1.7:8765")
    assert client.get("/today").url.path == "/log-in"
    assert client.get("/enter?token=").status_code == 400
    for _ in range(TRIES):
        assert client.post("/log-in", data={"password": "wrong"}).status_code == 403
    assert client.post("/log-in", data={"password": "a long password"}).status_code == 429
    again = TestClient(create_app(store, Sessions(None)), base_url="http://192.168.1.7:8765")
    assert again.post("/log-in", data={"password": "a long password"}).status_code == 200
    assert again.get("/check").status_code == 200


def test_a_figure_is_drawn_once_and_kept(runner: TestClient, tmp_path: Path) -> None:
    session = runner.get("/api/v1/sessions/today?minutes=4").json()
    address = session["exercises"][0]["figure"]
    first = runner.get(address)
    assert first.content[:4] == b"RIFF"
    assert "immutable" in first.headers["cache-control"]
    (moving,) = (tmp_path / "cache" / "figures").glob("*[!l].webp")
    assert moving.read_bytes() == first.content
    assert runner.get(address).content == first.content


def test_a_figure_that_cannot_be_kept_is_shown_all_the_same(
    runner: TestClient, tmp_path: Path
) -> None:
    (tmp_path / "cache").mkdir(exist_ok=True)
    (tmp_path / "cache" / "figures").write_text("a file lies where the folder would")
    for name in ("cat_cow-still.webp", "cat_cow.webp"):
        assert runner.get(f"/figures/exercise/{name}").content[:4] == b"RIFF"


def test_the_api_is_described_and_speaks_in_sentences(runner: TestClient) -> None:
    described = runner.get("/api/v1/openapi.json").json()
    assert "/api/v1/log" in described["paths"]
    assert all(path.startswith("/api/v1/") for path in described["paths"])
    answer = runner.get("/api/v1/sessions/today?minutes=0")
    assert answer.status_code == 400
    assert "above 0" in answer.json()["error"]
    assert runner.get("/api/v1/log?days=-1").status_code == 422
    assert runner.get("/api/v1/evidence?search=hip replacement").json()


def test_inches_pounds_and_miles_are_kept_in_metres_kilograms_and_kilometres(
    visitor: TestClient, store: Store
) -> None:
    assert "imperial now" in posted(visitor, "/settings/units", units="imperial").text
    posted(visitor, "/start", **who(height_m="67", mass_kg="140", km_per_week="20"))
    draft = store.draft.get()
    assert draft is not None
    assert draft["runner"]["height_m"] == pytest.approx(1.7018)
    assert draft["runner"]["mass_kg"] == pytest.approx(63.503, abs=0.001)
    page = visitor.get("/start").text
    for name, value in (("height_m", "67"), ("mass_kg", "140"), ("km_per_week", "20")):
        assert re.search(rf'name="{name}"[^>]* value="{value}"', page)
    posted(visitor, "/progress", what="run", km="6.2", pain="0")
    (run,) = store.log.entries()
    assert isinstance(run, RunDone)
    assert run.km == pytest.approx(9.978, abs=0.001)
    assert "a run of 6.2 mi" in visitor.get("/progress").text
    assert "Choose one" in posted(visitor, "/settings/units", units="furlongs").text


def test_the_session_can_be_taken_along_for_a_watch(runner: TestClient) -> None:
    assert "Make the film" in runner.get("/film").text
    assert "after your run" in runner.get("/film?what=mobility").text
    assert runner.get("/film?what=anything").status_code == 422
    general = runner.get("/film/workout.fit?what=mobility").content
    assert general != runner.get("/film/workout.fit").content
    fit = runner.get("/film/workout.fit")
    with fitdecode.FitReader(fit.content) as messages:
        names = {m.name for m in messages if isinstance(m, fitdecode.FitDataMessage)}
    assert {"file_id", "workout", "workout_step"} <= names
    for name in ("../../etc/passwd", "..%2Fx.mp4", "nothing.mp4"):
        assert runner.get(f"/film/{name}").status_code in {400, 404}


def test_a_clock_that_is_set_back_hides_nothing(runner: TestClient, store: Store) -> None:
    ahead = datetime.now().astimezone() + timedelta(days=3)
    keep_plan(store, Changes(minutes=6), now=ahead, weeks=1)
    store.log.append(RunDone("tomorrow", ahead, km=5))
    for path in ("/today", "/plan", "/progress", "/hips"):
        assert runner.get(path).status_code == 200
    assert sent(runner, session_entry(runner)).status_code == 201
    assert runner.get("/today").status_code == 200
    assert len(store.log.entries()) == 2
    assert "a run of 5 km" in runner.get("/progress").text


def test_a_zip_bomb_is_refused_and_nothing_is_taken_in(
    runner: TestClient, store: Store, tmp_path: Path
) -> None:
    path, name, content = tmp_path / "bomb.zip", f"reports/{'a' * 32}/bomb.html", bytes(100_000_000)
    manifest = {
        "schema": "hipwise.export/1",
        "software": {"name": "hipwise", "version": "0"},
        "made_at": "2026-06-01T12:00:00+00:00",
        "files": {name: sha256(content).hexdigest()},
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr(name, content)
        bomb.writestr("manifest.json", json.dumps(manifest))
    assert path.stat().st_size < 1_000_000
    answer = runner.post(
        "/settings/import",
        data={"form_token": form_token(runner)},
        files={"file": ("bomb.zip", path.read_bytes(), "application/zip")},
    )
    assert answer.status_code == 400
    assert "unpacks to more" in answer.text
    assert store.analyses.list() == ()


def test_a_fact_tells_how_who_says_so_and_where_to_read_it(runner: TestClient) -> None:
    exercise = runner.get("/evidence/bird_dog").text
    for words in ("Dose", "How", "Watch for", 'href="/evidence/cat_cow"'):
        assert words in exercise
    test = runner.get("/evidence/knee_to_wall").text
    assert "Where its numbers come from" in test
    assert 'href="#konor2012"' in test
    assert 'id="konor2012"' in test
    assert "recalled, not read again" in test


def test_a_catalogue_beside_the_records_translates_what_is_marked(
    visitor: TestClient, store: Store
) -> None:
    path = store.folder / "locale" / "de" / "LC_MESSAGES" / "hipwise.mo"
    assert "Language" not in visitor.get("/settings").text, "there is nothing to choose"
    path.parent.mkdir(parents=True)
    catalogue = Catalog(locale="de")
    catalogue.add("A few minutes for your hips", "Ein paar Minuten für <deine> Hüften")
    with path.open("wb") as file:
        write_mo(file, catalogue)
    assert "There is no catalogue" in posted(visitor, "/settings/language", language="fr").text
    posted(visitor, "/settings/language", language="de")
    page = visitor.get("/welcome").text
    assert '<html lang="de">' in page
    assert "Ein paar Minuten für &lt;deine&gt; Hüften" in page
    assert "Begin" in page, "what is not translated stays English"
    path.unlink()
    assert '<html lang="en">' in visitor.get("/welcome").text
