"""A self-test's film, sent to the app: what is refused, and that nothing of it stays."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from fastapi.testclient import TestClient

from hipwise.screening.battery import ALL_EQUIPMENT, EVERYWHERE
from hipwise.services.drafts import Draft
from hipwise.storage import Store
from hipwise.storage.files import FOLDER, PARTIAL, new_folder
from hipwise.web.app import create_app
from hipwise.web.sessions import Sessions
from tests.screening.filled_in import answers
from tests.web.test_app import form_token

EVERYTHING = [thing for thing in ALL_EQUIPMENT if thing not in EVERYWHERE]
PAGE = "/check/straight_leg_raise/film"


@pytest.fixture
def checking(runner: TestClient, store: Store) -> TestClient:
    """A browser of a runner who is in the middle of a check."""
    given = answers({})
    profile = given.runner.model_dump(mode="json", exclude_none=True)
    draft = Draft.open(store, restart=True)
    draft.put("full", "set")
    draft.put({**profile, "equipment": EVERYTHING}, "runner")
    draft.put(dict(given.safety), "safety")
    return runner


@contextmanager
def files_up_to(size_bytes: int) -> Iterator[None]:
    """Let no file grow beyond a size, as a full disk does."""
    resource = pytest.importorskip("resource")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size_bytes, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def sent(client: TestClient, *, side: str = "left", content: bytes = b"no film") -> Any:
    fields = {"form_token": form_token(client), "side": side}
    files = {"film": ("knee.mp4", content, "video/mp4")}
    return client.post(PAGE, data=fields, files=files, follow_redirects=False)


def left_of(store: Store) -> list[str]:
    return [path.name for path in (store.folder / FOLDER).glob(f"{PARTIAL}*")]


def until_nothing_is_left(store: Store) -> None:
    for _ in range(1000):
        if not left_of(store):
            return
        time.sleep(0.02)
    raise AssertionError(f"{left_of(store)} stay")


@pytest.mark.parametrize(("side", "words"), [("", "which side"), ("up", "There is no side 'up'")])
def test_a_side_that_is_none_is_refused_in_words(
    checking: TestClient, store: Store, side: str, words: str
) -> None:
    answer = sent(checking, side=side)
    assert answer.status_code == 400
    assert words in answer.text.replace("&#39;", "'")
    assert left_of(store) == []


def test_a_film_that_cannot_be_read_is_told_and_gone(checking: TestClient, store: Store) -> None:
    assert sent(checking).headers["location"] == PAGE
    sent(checking)  # the same again, while the first one waits or is measured
    while not checking.get(f"{PAGE}/progress").json()["ended"]:
        time.sleep(0.05)
    assert "is not a video that can be read" in checking.get(PAGE).text
    until_nothing_is_left(store)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on a file's size")
def test_a_film_that_the_full_disk_refuses_leaves_nothing(
    checking: TestClient, store: Store
) -> None:
    with files_up_to(300_000):
        answer = sent(checking, content=b"x" * 600_000)
    assert answer.status_code == 507
    assert "make room on the disk" in answer.text
    assert left_of(store) == []
    assert sent(checking).status_code == 303, "once there is room, it is taken"
    until_nothing_is_left(store)


def test_a_start_removes_what_a_killed_one_left_a_day_ago(store: Store) -> None:
    old, new = new_folder(store.folder / FOLDER), new_folder(store.folder / FOLDER)
    for folder in (old, new):
        (folder / "knee.mp4").write_bytes(b"film")
    then = time.time() - 90_000
    os.utime(old, (then, then))
    with TestClient(create_app(store, Sessions("token"))):
        assert left_of(store) == [new.name]
