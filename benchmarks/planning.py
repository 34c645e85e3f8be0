"""How fast a plan is made, how far it is from a bound, and what a greedy planner would need.

Run with `uv run python benchmarks/planning.py`. The largest realistic problem: all exercises and
all equipment, eight findings drawn from the evidence's own rules, seven training days of which four
have a run and two of these a hard one; 20 seeds, one thread.
"""

from __future__ import annotations

import math
import random
import statistics
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from hipwise.findings import Finding, FindingKind
from hipwise.knowledge import Library, load
from hipwise.knowledge.exercises import Equipment
from hipwise.knowledge.inferences import Inference
from hipwise.knowledge.rules import Rule
from hipwise.planning import Circumstances, Past, plan
from hipwise.planning.demand import Demand
from hipwise.planning.dose import FULL, least_parts, parts_of_a_set, seconds_of
from hipwise.planning.planner import first_task
from hipwise.planning.programme import Slot
from hipwise.planning.week import Task, choices_of, plan_week

MONDAY = date(2026, 11, 30)
SEEDS = 20
WEEKS = 6
MINUTES = (5.0, 8.0, 15.0, 30.0)
FINDINGS = 8
LIFE = Circumstances(
    minutes=8,
    days=7,
    runs_on=frozenset({1, 3, 5, 6}),
    hard_on=frozenset({3, 6}),
    equipment=frozenset(thing.value for thing in Equipment),
    screened=True,
    not_hopping=None,
)


def findings(seed: int, library: Library) -> list[Finding]:
    """Draw eight rules that ask for training, with a weight of their own."""
    chance = random.Random(seed)
    known: list[Rule | Inference] = [*library.inferences.values(), *library.rules.values()]
    rules = [rule for rule in known if rule.targets]
    return [
        Finding(
            id=rule.id,
            rule=rule.id,
            kind=FindingKind.LIMIT,
            title=rule.id,
            seen="",
            compared_with="",
            may_mean="",
            against=(),
            grade=str(rule.grade),
            sources=(),
            status="chosen",
            targets=rule.targets,
            side=None,
            measurements=(),
            weight=rule.importance * library.setting(f"grade_weight_{rule.grade}"),
            sure=True,
            days=2,
        )
        for rule in chance.sample(rules, FINDINGS)
    ]


def seconds(call: object) -> float:
    """Time one call."""
    begin = time.perf_counter()
    call()  # type: ignore[operator]
    return time.perf_counter() - begin


def six_week_bound(task: Task, weeks: int) -> int:
    """Worth that no plan of so many weeks can exceed: every week by itself, with nothing before it.

    Each week may use all exercises of its effort at full sets, as if all had been done before; the
    caps on new exercises and the order from easier to harder forms are dropped.
    """
    total = 0
    for number in range(weeks):
        known = dict.fromkeys(task.library.exercises, 99)
        relaxed = replace(
            task,
            number=number + 1,
            trained_weeks=task.trained_weeks + number,
            start=task.start + timedelta(weeks=number),
            past=Past(sessions=known),
        )
        total += max(choice.bound for choice in choices_of(relaxed))
    return total


def greedy_worth(slots: tuple[Slot, ...], demand: Demand, library: Library, minutes: float) -> int:
    """Fill each kind of session with what is worth most for its time, one set at a time."""
    given = dict.fromkeys(demand.worth, 0)
    for slot in slots:
        left, sets = minutes * 60, dict.fromkeys((c.exercise.id for c in slot.candidates), 0)
        while True:
            steps = list(_steps(slot, sets, left, given, demand, library))
            if not steps:
                break
            _, cost, id, gains = max(steps)
            left -= cost
            sets[id] += 1
            for target, parts in gains:
                given[target] += parts
    return sum(_worth(given[t], t, demand, library) for t in demand.worth)


def _steps(
    slot: Slot,
    sets: dict[str, int],
    left: float,
    given: dict[str, int],
    demand: Demand,
    library: Library,
) -> Iterator[tuple[float, float, str, tuple[tuple[str, int], ...]]]:
    used = [id for id, n in sets.items() if n]
    for candidate in slot.candidates:
        exercise, done = candidate.exercise, sets[candidate.exercise.id]
        clash = exercise.progression in used or any(
            library.exercise(id).progression == exercise.id for id in used
        )
        if done >= max(candidate.levels) or clash or (not done and len(used) >= slot.most):
            continue
        before = seconds_of(exercise, done, library) if done else 0.0
        cost = seconds_of(exercise, done + 1, library) - before
        gains = tuple(
            (t, slot.sessions * parts_of_a_set(exercise, t, slot.kind, library))
            for t in demand.worth
        )
        gain = sum(
            _worth(given[t] + parts, t, demand, library) - _worth(given[t], t, demand, library)
            for t, parts in gains
        )
        if cost <= left and gain > 0:
            yield gain / cost, cost, exercise.id, gains


def _worth(parts: int, target: str, demand: Demand, library: Library) -> int:
    least = least_parts(target, library)
    return demand.worth[target] * (min(parts, least) + min(parts, FULL))


def minutes_for_greedy(task: Task, worth: int) -> float:
    """Return the minutes a session with which the greedy planner serves as much."""
    best = max(choices_of(task), key=lambda choice: choice.programme.worth)
    minutes = task.circumstances.minutes
    while greedy_worth(best.slots, task.demand, task.library, minutes) < worth:
        minutes += 0.25
        if minutes > 180:
            return math.inf  # no length serves as much: it spends the minutes otherwise
    return minutes


def in_words(ratio: float) -> str:
    """Return a ratio, or that no length of session is enough."""
    return f"{ratio:.2f}x" if math.isfinite(ratio) else "never"


def main() -> None:
    """Print the tables."""
    library, seeds = load(), range(int(sys.argv[1]) if len(sys.argv) > 1 else SEEDS)
    plan(findings(0, library), LIFE, start=MONDAY, weeks=1, library=library)  # load the solver
    print("minutes | one week, s   | six weeks, s  | of the bound | greedy needs")
    print("        | median   worst| median   worst| median worst | median worst")
    for minutes in MINUTES:
        one, six, share, greedy = [], [], [], []
        for seed in seeds:
            asked, life = findings(seed, library), replace(LIFE, minutes=minutes)
            task = first_task(asked, life, MONDAY, Past(), library)
            one.append(seconds(lambda task=task: plan_week(task)))
            begin = time.perf_counter()
            made = plan(asked, life, start=MONDAY, weeks=WEEKS, library=library)
            six.append(time.perf_counter() - begin)
            share.append(sum(w.worth for w in made.weeks) / six_week_bound(task, WEEKS))
            greedy.append(minutes_for_greedy(task, made.weeks[0].worth) / minutes)
        print(
            f"{minutes:7.0f} | {statistics.median(one):6.2f} {max(one):7.2f}"
            f"| {statistics.median(six):6.2f} {max(six):7.2f}"
            f"| {statistics.median(share):6.1%} {min(share):5.1%} "
            f"| {statistics.median(greedy):5.2f}x {in_words(max(greedy)):>6}",
            flush=True,
        )


if __name__ == "__main__":
    main()
