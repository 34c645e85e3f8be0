"""`hipwise screen` in the terminal: who you are, the safety questions, then the tests."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hipwise.cli.asking import Terminal, Unclear, number, one_of, several_of, whole_number
from hipwise.cli.testing import ask_tests
from hipwise.errors import UnreadableFile
from hipwise.knowledge import Library
from hipwise.screening import Answers, verdict_on
from hipwise.screening.answers import NOT_TRIED
from hipwise.screening.battery import ALL_EQUIPMENT, EVERYWHERE
from hipwise.screening.contradictions import ANSWERED_BY, refuse_contradictions
from hipwise.screening.reading import checked_answers, fault_in
from hipwise.screening.runner import Goal, RunnerProfile, Sex, Surface, Weekday
from hipwise.services.drafts import Draft

Reader = Callable[[str], Any]
_RUNNER: tuple[tuple[str, str, Reader], ...] = (
    ("age_years", "How old are you (years)?", whole_number),
    ("sex", f"Sex, for the norms ({', '.join(Sex)})?", one_of(tuple(Sex))),
    ("height_m", "How tall are you (metres, such as 1.75)?", number),
    ("mass_kg", "How heavy are you (kilograms)?", number),
    ("experience.years", "For how many years have you been running?", number),
    ("experience.km_per_week", "How many kilometres in a usual week now?", number),
    ("goal", "What do you want most?", one_of(tuple(Goal))),
    ("minutes", "How many minutes do you have for a session?", number),
    ("days", "On how many days a week?", whole_number),
    ("surfaces", "What do you run on?", several_of(tuple(Surface))),
    ("runs_on", "On which days do you run (Enter if it varies)?", several_of(tuple(Weekday))),
    ("hard_on", "On which of them long or fast (Enter for none)?", several_of(tuple(Weekday))),
)
_LISTED = {"goal": tuple(Goal), "surfaces": tuple(Surface), "runs_on": tuple(Weekday)}


def interview(draft: Draft, terminal: Terminal, library: Library) -> Answers:
    """Ask what `draft` does not hold yet, saving after every answer, and return all of it.

    Where a safety answer is a red flag no test is asked for. Raises Paused.
    """
    _ask_runner(draft, terminal)
    answers = _safe_answers(draft, terminal, library)
    if verdict_on(answers.runner, answers.safety, (), library).allowed:
        ask_tests(draft, terminal, answers.runner, library)
    return checked_answers(draft.raw, "Your screening")


def _safe_answers(draft: Draft, terminal: Terminal, library: Library) -> Answers:
    """Ask the safety questions until they and the conditions do not contradict each other."""
    while True:
        _ask_things(draft, terminal, library)
        _ask_safety(draft, terminal, library)
        answers = checked_answers(draft.raw, "Your screening")
        try:
            refuse_contradictions(answers, library)
        except UnreadableFile as fault:
            terminal.say(str(fault), "yellow")
            for tag in answers.runner.conditions:
                for question in ANSWERED_BY.get(tag, ()):
                    draft.put(None, "safety", question)
            draft.put(None, "runner", "conditions")
        else:
            return answers


def _ask_runner(draft: Draft, terminal: Terminal) -> None:
    for name, question, read in _RUNNER:
        if draft.get("runner", *name.split(".")) is None:
            _ask_field(draft, terminal, name, question, read)
    while True:
        fault = fault_in(draft.raw, "runner")
        if fault is None:
            return
        terminal.say(f"{fault}.", "yellow")
        if "checked: yes" in fault and terminal.yes("Are both right?"):
            draft.put(True, "runner", "checked")
            continue
        wrong = next((q for q in _RUNNER if f"runner.{q[0]}'" in fault), _RUNNER[0])
        _ask_field(draft, terminal, *wrong)


def _ask_field(draft: Draft, terminal: Terminal, name: str, question: str, read: Reader) -> None:
    """Ask for one field of the runner until it can be so."""
    keys = ("runner", *name.split("."))
    _show_list(terminal, _LISTED.get(name, ()))

    def checked(typed: str) -> Any:
        value = read(typed)
        alone: dict[str, Any] = {keys[-1]: value}
        for key in reversed(keys[:-1]):
            alone = {key: alone}
        fault = fault_in(alone, *keys)
        if fault is not None:
            raise Unclear(f"{fault}.")
        return value

    draft.put(terminal.ask(question, checked), *keys)


def _ask_things(draft: Draft, terminal: Terminal, library: Library) -> None:
    """Ask for equipment beyond the household, and for conditions."""
    if draft.get("runner", "equipment") is None:
        things = tuple(thing for thing in ALL_EQUIPMENT if thing not in EVERYWHERE)
        _show_list(terminal, things)
        question = "What of this do you have (Enter for nothing)?"
        draft.put(terminal.ask(question, several_of(things)), "runner", "equipment")
    if draft.get("runner", "conditions") is None:
        tags = library.asked_conditions
        _show_list(terminal, tuple(library.contraindication(tag).meaning for tag in tags))
        question = "Which of these hold for you now (numbers; Enter for none)?"
        draft.put(terminal.ask(question, several_of(tags)), "runner", "conditions")


def _show_list(terminal: Terminal, options: tuple[str, ...]) -> None:
    for place, option in enumerate(options, 1):
        terminal.say(f"{place:4d}  {option}")


def _ask_safety(draft: Draft, terminal: Terminal, library: Library) -> None:
    """Ask every safety question that is open; none can be passed over."""
    if any(draft.get("safety", id) is None for id in library.intake):
        terminal.say("\nSafety first. Answer every question with yes or no.", "bold")
    for id, question in library.intake.items():
        if draft.get("safety", id) is not None:
            continue
        if any(draft.get("safety", other) is True for other in question.only_if_no):
            draft.put(NOT_TRIED, "safety", id)
        elif (
            id == "q_pregnant" and RunnerProfile.model_validate(draft.get("runner")).sex is Sex.MALE
        ):
            draft.put(False, "safety", id)
        else:
            draft.put(terminal.yes(question.text), "safety", id)
