"""An answers file to fill in, with every question and every test of a set explained beside it."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

from hipwise.knowledge.library import Library
from hipwise.knowledge.models import Unit
from hipwise.knowledge.protocols import Battery, Protocol
from hipwise.knowledge.recorded import Recorded
from hipwise.screening.answers import SCHEMA, SKIPPED
from hipwise.screening.battery import ALL_EQUIPMENT, by_hand
from hipwise.screening.runner import Goal, Sex, Surface, Trains, Weekday

WIDTH = 96


def template(set: str, library: Library) -> str:
    """Return the text of an answers file for `set` (`home`, `full` or `clinic`), values left open.

    What stays open among the tests counts as not done; runner and safety must be filled in.
    """
    lines = [*_head(set), *_runner(library), *_safety(library), *_tests(Battery(set), library)]
    return "\n".join(lines) + "\n"


def _comment(text: str, indent: str = "") -> Iterator[str]:
    for line in wrap(text, WIDTH - len(indent)):
        yield f"{indent}# {line}"


def _head(set: str) -> Iterator[str]:
    yield from _comment(
        "Your answers. Fill in what stands after each colon, then run: "
        "hipwise screen --answers THIS_FILE"
    )
    yield f"schema: {SCHEMA}"
    yield f"set: {set}  # home, full or clinic"
    yield "taken_at:  # the day, such as 2026-05-31; today if you leave it open"
    yield ""


def _runner(library: Library) -> Iterator[str]:
    yield "runner:"
    yield "  age_years:"
    yield f"  sex:  # {', '.join(Sex)}"
    yield "  height_m:  # metres, such as 1.75"
    yield "  mass_kg:  # kilograms, such as 68"
    yield "  experience:"
    yield "    years:  # how long you have been running"
    yield "    km_per_week:  # in a usual week now"
    yield f"  goal:  # {', '.join(Goal)}"
    yield from _comment(f"any of: {', '.join(ALL_EQUIPMENT)}", "  ")
    yield "  equipment: []"
    yield "  minutes:  # for one session"
    yield "  days:  # in a week"
    yield f"  surfaces: []  # any of: {', '.join(Surface)}"
    yield f"  runs_on: []  # days with a run: {', '.join(Weekday)}"
    yield "  hard_on: []  # those of them with a long or fast run"
    yield f"  trains:  # on a day with a run, {', '.join(Trains)}; both if you leave it open"
    yield from _comment("What you have now; leave it empty if none:", "  ")
    for tag in library.asked_conditions:
        yield from _comment(f"{tag}: {library.contraindication(tag).meaning}", "  ")
    yield "  conditions: []"
    yield ""


def _safety(library: Library) -> Iterator[str]:
    yield from _comment("Safety first: answer every question with yes or no.")
    yield "safety:"
    for id, question in library.intake.items():
        yield from _comment(question.text, "  ")
        allowed = "" if len(question.answers) == 2 else f"  # {', '.join(question.answers)}"
        yield f"  {id}:{allowed}"
    yield ""


def _tests(battery: Battery, library: Library) -> Iterator[str]:
    yield from _comment(
        f"Leave open what you did not do. Where only one side was possible, write '{SKIPPED}' for "
        "the other."
    )
    yield "tests:"
    for protocol in library.protocols.values():
        if battery in protocol.sets:
            yield from _test(protocol)


def _test(protocol: Protocol) -> Iterator[str]:
    yield ""
    yield from _comment(f"{protocol.name} ({protocol.clinical_name})", "  ")
    if protocol.equipment:
        yield from _comment(f"Needs: {', '.join(protocol.equipment)}.", "  ")
    for place, step in enumerate(protocol.steps, 1):
        yield from _comment(f"{place}. {step}", "  ")
    for rule in protocol.stop_rules:
        yield from _comment(rule, "  ")
    yield from _comment(f"Not valid: {' '.join(protocol.invalid_if)}", "  ")
    for id in by_hand(protocol):
        value = protocol.recorded[id]
        yield f"  {id}:"
        yield from _comment(what_to_write(value, protocol), "    ")
        if value.unit is Unit.N_PER_KG:
            yield "    unit:  # as you read it: N, kgf or lbf"
        for part in ("left", "right") if value.sided else ("tries",):
            yield f"    {part}:"


def what_to_write(value: Recorded, protocol: Protocol) -> str:
    """Say in one line what to write down, how often and in which unit."""
    count = protocol.trials.count
    often = "one try" if count == 1 else f"{count} tries in [brackets]"
    if value.unit is Unit.YES_NO:
        return f"{value.name}: {often}, yes or no. {value.pass_fail}"
    if value.choices:
        levels = "; ".join(f"{c.value} = {c.says}" for c in value.choices)
        return f"{value.name}: {often}. {levels}"
    unit = "a force" if value.unit is Unit.N_PER_KG else in_words(value.unit)
    return f"{value.name}: {often}, {unit}."


def in_words(unit: Unit) -> str:
    """Return how a unit is asked for."""
    return {
        Unit.DEG: "degrees",
        Unit.CM: "centimetres",
        Unit.S: "seconds",
        Unit.COUNT: "how many",
        Unit.PERCENT: "percent",
        Unit.LEVEL: "points",
        Unit.N_PER_KG: "force",
    }.get(unit, unit.value)
