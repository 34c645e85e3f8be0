from __future__ import annotations

import pytest
from typer.testing import CliRunner

from hipwise.cli import app
from hipwise.knowledge import load
from hipwise.knowledge.facts import Entry, entries


def told(*words: str, code: int = 0) -> str:
    done = CliRunner().invoke(app, ["evidence", *words], env={"COLUMNS": "400"})
    assert done.exit_code == code, done.output
    return " ".join(done.output.split())


def test_a_rule_tells_who_says_so_how_strong_and_what_speaks_against() -> None:
    text = told("weak_abduction")
    assert "grade: C, small, indirect or mixed studies" in text
    assert "Kollock 2016 [kollock2016], read at the source" in text
    assert "what speaks against: • Followed forward" in text


def test_a_red_flag_tells_whom_to_see() -> None:
    assert "whom to see: The emergency department." in told("rf_cauda_equina")


def test_where_nothing_speaks_against_it_that_is_said() -> None:
    assert "what speaks against: • nothing that we know of" in told("rf_cauda_equina")


def test_a_source_tells_what_was_seen_of_it_and_where_it_is_used() -> None:
    text = told("mettler_thesis")
    assert "read: abstract" in text
    assert "• limited_extension" in text


def test_a_number_chosen_by_us_says_so() -> None:
    assert "limit: chosen by us" in told("knee_to_wall")


def test_everything_is_listed_and_can_be_searched() -> None:
    assert "single_session_spike" in told()
    found = told("--search", "falls balance")
    assert "fall_exercise" in found
    assert "short_hamstring" not in found


def test_what_is_not_there_is_said_with_a_hint() -> None:
    assert "did you mean 'weak_abduction'?" in told("weak_abducton", code=2)
    assert "try another word" in told("--search", "zeppelin", code=2)


@pytest.mark.parametrize("entry", entries(load()), ids=lambda entry: f"{entry.kind}-{entry.id}")
def test_every_piece_can_be_told(entry: Entry) -> None:
    text = told(entry.id)
    assert entry.id in text
    assert "{" not in text
