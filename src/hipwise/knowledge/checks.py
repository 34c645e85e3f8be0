"""What one record cannot check alone: ids that lead nowhere, circles, names unknown to the body."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from pydantic import BaseModel

from hipwise.errors import KnowledgeError
from hipwise.knowledge.inferences import Pattern
from hipwise.knowledge.models import Better, Fact, Metric
from hipwise.knowledge.names import PLAN_FIELDS, check_names
from hipwise.knowledge.rules import Compare, Condition, Rule
from hipwise.knowledge.syntax import names_in

if TYPE_CHECKING:
    from hipwise.knowledge.library import Library


def check(library: Library) -> None:
    """Raise `KnowledgeError`, naming file, id and field, at the first broken connection."""
    for file, records in library.by_file().items():
        for id, record in records.items():
            for field, fact in _facts(record):
                if fact.source is not None:
                    _known(library.sources, fact.source, "source", file, id, field)
    for metric in library.metrics.values():
        if metric.norm is not None:
            _known(library.norms, metric.norm, "norm", "metrics.yaml", metric.id, "norm")
    for target in library.targets.values():
        _known(library.weekly_doses, target.dose, "weekly dose", "targets.yaml", target.id, "dose")
    for rule in library.rules.values():
        _check_rule(library, rule)
    _check_exercises(library)
    _check_protocols(library)
    _check_red_flags(library)
    _check_inferences(library)
    for advice in library.guidance.values():
        if advice.holds_when is not None:
            check_names(library, "guidance.yaml", advice.id, advice.holds_when, PLAN_FIELDS)
    for id in library.watch_names:
        _known(library.exercises, id, "exercise", "watch_names.yaml", id, "exercise")
    _check_poses("poses/exercises", library.exercise_poses, library.exercises, "exercise")
    _check_poses("poses/tests", library.test_poses, library.protocols, "self-test")
    _no_circle("rules.yaml", "part_of", library.rules, lambda id: library.rules[id].part_of)


def _facts(record: object, path: str = "") -> Iterator[tuple[str, Fact]]:
    """Yield every fact inside `record` with the path that leads to it."""
    if isinstance(record, Fact):
        yield f"{path}source", record
    if isinstance(record, BaseModel):
        for name in type(record).model_fields:
            yield from _facts(getattr(record, name), f"{path}{name}.")
    elif isinstance(record, tuple):
        for place, item in enumerate(record):
            yield from _facts(item, f"{path}{place}.")


def _known(records: Mapping[str, object], wanted: str, kind: str, *at: str) -> None:
    """Refuse the id `wanted` of a `kind` that stands nowhere; `at` is file, id and field."""
    if wanted not in records:
        file, id, field = at
        msg = f"{file}: '{id}', field '{field}': there is no {kind} '{wanted}'."
        raise KnowledgeError(msg)


def _check_rule(library: Library, rule: Rule) -> None:
    for target in rule.targets:
        _known(library.targets, target, "training target", "rules.yaml", rule.id, "targets")
    for other in rule.part_of:
        _known(library.rules, other, "rule", "rules.yaml", rule.id, "part_of")
    for condition in rule.conditions:
        at = ("rules.yaml", rule.id, "conditions.metric")
        _known(library.metrics, condition.metric, "metric", *at)
        _check_condition(library, rule, condition)
    if rule.conditions:
        first = rule.conditions[0]
        unfilled = sorted(rule.words - _words_given(first, library.metric(first.metric)))
        if unfilled:
            msg = f"nothing that '{first.compare}' sees fills the word {{{unfilled[0]}}}"
            raise KnowledgeError(f"rules.yaml: '{rule.id}', field 'wording': {msg}.")


def _words_given(condition: Condition, metric: Metric) -> set[str]:
    """Return the words in braces that an observation of `condition` can fill."""
    words = {"error", "n"}
    words |= {"limit"} if condition.limit else set()
    words |= {"upper"} if condition.upper else set()
    words |= {"norm_mean", "norm_sd", "norm_group"} if metric.norm else set()
    if condition.compare not in {Compare.SIDE_DIFFERENCE, Compare.SIDES_EVEN}:
        both = metric.sided and condition.compare is Compare.BETWEEN
        return words | {"value"} | ({"left", "right"} if both else set())
    words |= {"left", "right", "difference", "lower", "higher", "lower_side", "higher_side"}
    if condition.compare is Compare.SIDE_DIFFERENCE and metric.better is not Better.NONE:
        words |= {"side", "other", "value", "other_value"}
    return words


def _check_condition(library: Library, rule: Rule, condition: Condition) -> None:
    metric = library.metric(condition.metric)
    reason = None
    if metric.withheld is not None:
        reason = "is withheld, so no finding may rest on it"
    elif condition.compare in {Compare.SIDE_DIFFERENCE, Compare.SIDES_EVEN} and not metric.sided:
        reason = "has no sides to compare"
    elif condition.compare in {Compare.ABOVE_NORM, Compare.BELOW_NORM} and metric.norm is None:
        reason = "has no norm of the same quantity"
    if reason is not None:
        msg = f"rules.yaml: '{rule.id}', field 'conditions': metric '{metric.id}' {reason}."
        raise KnowledgeError(msg)


def _check_exercises(library: Library) -> None:
    file, exercises = "exercises", library.exercises
    for id, exercise in exercises.items():
        for served in exercise.targets:
            _known(library.targets, served.target, "training target", file, id, "targets")
        for tag in exercise.contraindications:
            at = (file, id, "contraindications")
            _known(library.contraindications, tag, "contraindication tag", *at)
        for other in _some(exercise.regression):
            _known(exercises, other, "exercise", file, id, "regression")
        for other in _some(exercise.progression):
            _known(exercises, other, "exercise", file, id, "progression")
    _no_circle(file, "regression", exercises, lambda id: _some(exercises[id].regression))
    _no_circle(file, "progression", exercises, lambda id: _some(exercises[id].progression))


def _check_protocols(library: Library) -> None:
    for id, protocol in library.protocols.items():
        if id in library.metrics:
            msg = "is a running metric as well; every record needs its own id"
            raise KnowledgeError(f"protocols: '{id}', field 'id': {msg}.")
        for tag in protocol.not_for.tags:
            at = ("protocols", id, "not_for.tags")
            _known(library.contraindications, tag, "contraindication tag", *at)


def _check_poses(
    file: str, poses: Mapping[str, object], shown: Mapping[str, object], kind: str
) -> None:
    """Refuse poses of nothing, and an exercise or test without poses."""
    for id in poses:
        _known(shown, id, kind, file, id, "shows")
    for id in shown:
        _known(poses, id, f"moving figure of the {kind}", file, id, "shows")


def _check_red_flags(library: Library) -> None:
    for flag in library.red_flags.values():
        check_names(library, "red_flags.yaml", flag.id, flag.holds_when)
    for question in library.intake.values():
        for other in question.only_if_no:
            _known(library.intake, other, "question", "intake.yaml", question.id, "only_if_no")


def _check_inferences(library: Library) -> None:
    file, inferences = "inferences", library.inferences
    for id, rule in inferences.items():
        for target in rule.targets:
            _known(library.targets, target, "training target", file, id, "targets")
        for other in rule.part_of:
            _known(inferences, other, "rule", file, id, "part_of")
        for tag in _some(rule.rests):
            _known(library.contraindications, tag, "contraindication tag", file, id, "rests")
        if rule.holds_when is not None:
            check_names(library, file, id, rule.holds_when)
        if id in library.rules:
            msg = "is a rule about running as well; every record needs its own id"
            raise KnowledgeError(f"{file}: '{id}', field 'id': {msg}.")
    _no_circle(file, "part_of", inferences, lambda id: inferences[id].part_of)
    _no_circle(file, "expr", inferences, lambda id: _rules_asked(library, id))
    for direction in library.directions.values():
        for target in (*direction.stiff_targets, *direction.weak_targets):
            at = ("directions.yaml", direction.id, "targets")
            _known(library.targets, target, "training target", *at)
    for protocol in library.protocols.values():
        for value in protocol.recorded.values():
            at = ("protocols", protocol.id, "direction")
            _known(library.directions, value.direction, "direction", *at)
    missing = set(Pattern) - {rule.pattern for rule in inferences.values()}
    if missing:
        raise KnowledgeError(f"{file}: no rule for the pattern '{min(missing)}'.")


def _rules_asked(library: Library, id: str) -> tuple[str, ...]:
    """The rules over tests that the expression of rule `id` asks."""
    tree = library.inferences[id].holds_when
    asked = names_in(tree) if tree is not None else frozenset()
    named = (name.removeprefix("rule.") for name in sorted(asked) if name.startswith("rule."))
    return tuple(name for name in named if name in library.inferences)


def _some(id: str | None) -> tuple[str, ...]:
    return () if id is None else (id,)


def _no_circle(
    file: str, field: str, ids: Iterable[str], following: Callable[[str], tuple[str, ...]]
) -> None:
    """Refuse a chain of ids that comes back to where it began."""
    for start in ids:
        seen: set[str] = set()
        waiting = list(following(start))
        while waiting:
            id = waiting.pop()
            if id == start:
                msg = f"{file}: '{start}', field '{field}': the chain leads back to itself."
                raise KnowledgeError(msg)
            if id not in seen:
                seen.add(id)
                waiting.extend(following(id))
