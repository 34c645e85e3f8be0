"""The interface for scripts, asked everything its own description allows, and much it does not."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings

from hipwise.storage import Store
from hipwise.web import create_app
from hipwise.web.sessions import Sessions

TOKEN = "made-for-this-test"


@pytest.fixture(scope="module")
def inside(
    screened_records: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Any, dict[str, str], dict[str, str]]]:
    """The app of a screened runner, with the cookie and the header of a script that is in."""
    folder = tmp_path_factory.mktemp("api")
    shutil.copytree(screened_records, folder / "data")
    with pytest.MonkeyPatch.context() as patch, Store.open(folder / "data") as store:
        patch.setenv("HIPWISE_CACHE", str(folder / "cache"))
        app = create_app(store, Sessions(TOKEN))
        with TestClient(app) as client:
            client.get(f"/enter?token={TOKEN}", follow_redirects=False)
            token = client.get("/api/v1/form-token").json()["form_token"]
            yield app, dict(client.cookies), {"x-form-token": token}


def test_whatever_is_asked_is_answered_in_a_sentence(
    inside: tuple[Any, dict[str, str], dict[str, str]],
) -> None:
    app, cookies, headers = inside
    described = schemathesis.openapi.from_asgi("/api/v1/openapi.json", app, cookies=cookies)
    operations: list[Any] = [
        each.ok()  # type: ignore[union-attr]
        for each in described.get_all_operations()
    ]
    assert len(operations) >= 8
    for operation in operations:

        @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
        @given(case=operation.as_strategy())
        def is_answered(case: Any) -> None:
            answer = case.call(cookies=cookies, headers=headers)
            assert answer.status_code < 500, answer.text
            if answer.status_code >= 400:
                assert set(answer.json()) == {"error"}, answer.text

        is_answered()
