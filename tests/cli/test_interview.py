"""The interview, answered from memory: what looks wrong is asked again, never guessed."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from hipwise.cli.asking import Paused, Terminal
from hipwise.cli.interview import interview
from hipwise.cli.testing import ask_tests
from hipwise.knowledge import load
from hipwise.screening import RunnerProfile
from hipwise.services.drafts import Draft
from hipwise.storage import Store
from tests.screening.filled_in import RUNNER, written


@pytest.fixture
def draft(tmp_path: Path) -> Iterator[Draft]:
    with Store.open(tmp_path) as store:
        yield Draft(store, written())


def typing(monkeypatch: pytest.MonkeyPatch, lines: list[str]) -> Terminal:
    """A terminal on which `lines` are typed; then it is at its end."""
    monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    return Terminal(Console(file=io.StringIO(), width=200))


def printed(terminal: Terminal) -> str:
    assert isinstance(terminal.console.file, io.StringIO)
    return terminal.console.file.getvalue()


def only(draft: Draft, test: str, **tests: Any) -> Draft:
    """Mark every test but one as left out."""
    for protocol in load().protocols.values():
        for id, value in protocol.recorded.items():
            parts = ("left", "right") if value.sided else ("tries",)
            if protocol.id != test:
                draft.raw["tests"][id] = dict.fromkeys(parts, "skipped") | {"unit": None}
    draft.raw["tests"] |= tests
    draft.raw["set"] = "clinic"
    return draft


def lead_through(draft: Draft, terminal: Terminal) -> dict[str, Any]:
    ask_tests(draft, terminal, RunnerProfile.model_validate(RUNNER), load())
    tests: dict[str, Any] = draft.raw["tests"]
    return tests


def test_sides_that_look_mixed_up_are_asked_about_and_can_be_done_anew(
    draft: Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    swapped = ["40", "5", "41", "5", "40", "6"]
    terminal = typing(monkeypatch, [*swapped, "no", *["20"] * 6])
    tests = lead_through(only(draft, "single_leg_stance_eo"), terminal)
    assert "looks swapped between the sides" in printed(terminal)
    assert tests["single_leg_stance_eo"] == {"left": [20.0] * 3, "right": [20.0] * 3}


def test_what_is_confirmed_is_kept(draft: Draft, monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = typing(monkeypatch, ["N", *["15"] * 6, "yes"])
    tests = lead_through(only(draft, "hhd_abduction"), terminal)
    assert "looks like kilograms" in printed(terminal)
    assert tests["hhd_abduction"]["checked"] is True
    assert tests["hhd_abduction"]["left"] == [15.0] * 3


def test_tries_too_far_apart_are_done_again_once(
    draft: Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = ["9", "9", "9"]
    lean = ["30"] * 3
    typed = ["5", "30", "9", "30", "10", "30", "9", "9", "9.5"]
    typed += [line for pair in zip(right, lean, strict=True) for line in pair]
    terminal = typing(monkeypatch, typed)
    tests = lead_through(only(draft, "knee_to_wall"), terminal)
    assert printed(terminal).count("lie too far apart") == 1
    assert tests["knee_to_wall"]["left"] == [5, 9, 10, 9, 9, 9.5]
    assert tests["knee_to_wall.shin_lean"]["left"] == [30] * 3


def test_a_force_is_asked_for_with_its_unit_and_pain_leaves_the_side_out(
    draft: Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal = typing(monkeypatch, ["pounds", "lbf", "35", "34", "35", "s"])
    tests = lead_through(only(draft, "hhd_abduction"), terminal)
    assert "Type N, kgf or lbf" in printed(terminal)
    assert tests["hhd_abduction"] == {
        "unit": "lbf",
        "left": [35.0, 34.0, 35.0],
        "right": "skipped",
    }


def test_conditions_and_answers_that_contradict_each_other_are_asked_again(
    draft: Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft.raw |= {"set": "home"}
    draft.raw["runner"] |= {"equipment": [], "conditions": ["sciatica"]}
    terminal = typing(monkeypatch, ["", "no"])
    with pytest.raises(Paused):
        interview(draft, terminal, load())
    assert "'safety.q_leg_tingle'; correct one of them" in printed(terminal)
    assert draft.raw["runner"]["conditions"] == []
    assert draft.raw["safety"]["q_leg_tingle"] is False


def test_a_man_is_not_asked_whether_he_is_pregnant_nor_to_hop_on_a_painful_leg(
    draft: Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft.raw["runner"] |= {"sex": "male", "equipment": [], "conditions": []}
    draft.raw["safety"] = {"q_limp": True}
    questions = len(load().intake) - 3
    terminal = typing(monkeypatch, ["no"] * questions)
    answers = interview(draft, terminal, load())
    assert answers.safety["q_hop_pain"] == "not_tried"
    assert answers.safety["q_pregnant"] is False
    assert "tests, about" not in printed(terminal)


def test_the_other_side_of_a_filmed_test_is_not_typed(
    draft: Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    filmed = {"straight_leg_raise": {"left": [71], "method": "video.side"}}
    terminal = typing(monkeypatch, ["70", "s"])
    tests = lead_through(only(draft, "straight_leg_raise", **filmed), terminal)
    assert "two ways cannot be compared" in printed(terminal)
    assert tests["straight_leg_raise"] == {
        "left": [71],
        "right": "skipped",
        "method": "video.side",
    }
