"""What an expression can ask about one runner, on one side: the scope rules are evaluated in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from hipwise.findings.judge import Seen, limited_side
from hipwise.findings.results import Results
from hipwise.knowledge.evaluation import Measured, Scope, Value, Verdict, evaluate
from hipwise.knowledge.models import Unit
from hipwise.knowledge.syntax import Call, Expression, Name, names_in, parts_of
from hipwise.measurement import Side
from hipwise.screening.safety import facts_about

RULE = "rule."


@dataclass(frozen=True)
class Panel:
    """Values of the side under study, or of the whole body for None.

    A self-test's value counts as it stands, as its limits do; a running measure counts with its
    error, and only from `min_strides` strides. `running` are the rules about running that hold,
    with what each has seen. A `careful` panel counts self-tests with their errors too, and a side
    difference only once two days have shown it: what it cannot tell is not known.
    """

    results: Results
    side: Side | None
    running: Mapping[str, Seen] = field(default_factory=dict)
    careful: bool = False

    def value(self, name: str) -> Value:
        """Return what `name` stands for, None where it is not known."""
        if name.startswith(RULE):
            return self._rule(name.removeprefix(RULE))
        profile = self.results.profile
        if profile is not None and name in (facts := facts_about(profile)):
            return facts[name]
        m = self.results.latest.get((name, self.side)) or self.results.latest.get((name, None))
        if m is None:
            return None
        library = self.results.library
        if name in library.metrics:
            few = m.n < library.setting("min_strides")
            return None if few or m.error is None else Measured(m.value, m.error)
        if library.metric(name).unit is Unit.YES_NO:
            return m.value > 0
        return Measured(m.value, m.error or 0.0) if self.careful else Measured(m.value)

    def call(self, function: str, names: tuple[str, ...]) -> Value:
        """Return a function of `names`, None where it is not known."""
        if function == "has":
            profile = self.results.profile
            return None if profile is None else not set(names).isdisjoint(profile.conditions)
        (name,) = names
        if function == "flagged":
            judged = self.results.judged(name, self.side) or self.results.judged(name, None)
            if judged is None or (self.careful and judged.margin < 1):
                return None
            return judged.raised
        if function == "norm":
            recorded = self.results.recorded(name)
            norm = self.results.norm(recorded) if recorded else None
            return None if norm is None else norm.mean
        return self._difference(function, name)

    def _difference(self, function: str, name: str) -> Value:
        """How far this side is behind: 0 where it is not, or where the error hides it."""
        symmetry = self.results.gaps.get(name)
        if symmetry is None or symmetry.error is None:
            return None
        if self.careful and self.results.days_of(name) < 2:
            return None
        if function == "behind":
            gap = self.results.gap(name)
            return gap is not None and gap.acts and gap.side is self.side
        side = limited_side(self.results.library.metric(name), symmetry)
        if not symmetry.beyond_error or (side is not None and side is not self.side):
            return 0.0
        return symmetry.percent_of_larger if function == "asym" else abs(symmetry.difference)

    def days(self) -> tuple[Scope, ...]:
        """Return the same for each day on which something was measured."""
        return tuple(Panel(day, self.side) for day in self.results.days)

    def verdict(self, rule: str) -> Verdict:
        """Tell whether a rule over tests holds on this side."""
        tree = self.results.library.inferences[rule].holds_when
        return Verdict(None) if tree is None else evaluate(tree, self)

    def _rule(self, id: str) -> Value:
        if id in self.results.library.inferences:
            return self.verdict(id).holds
        if id not in self.running:
            return None
        return True if self.running[id].side in {None, self.side} else None


def has_sides(tree: Expression, results: Results) -> bool:
    """Whether an expression says something about one side: it names a value that has sides."""
    library = results.library
    for name in names_in(tree):
        if name.startswith(RULE):
            inner = library.inferences.get(name.removeprefix(RULE))
            if inner is None or (inner.holds_when and has_sides(inner.holds_when, results)):
                return True
        elif (name in library.metrics or results.recorded(name)) and library.metric(name).sided:
            return True
    return False


def metrics_in(tree: Expression, panel: Panel) -> tuple[str, ...]:
    """Return the measured names of a part that decided, also those inside other rules."""
    if isinstance(tree, Name):
        id = tree.id
        if not id.startswith(RULE):
            return (id,)
        if id.removeprefix(RULE) not in panel.results.library.inferences:
            return ()
        verdict = panel.verdict(id.removeprefix(RULE))
        return tuple(m for reason in verdict.because for m in metrics_in(reason.part, panel))
    if isinstance(tree, Call) and tree.function == "has":
        return ()
    return tuple(m for part in parts_of(tree) for m in metrics_in(part, panel))


def seen_running(tree: Expression, panel: Panel) -> tuple[Seen, ...]:
    """Return what the rules about running that a deciding part names have seen."""
    if isinstance(tree, Name):
        prefix, _, id = tree.id.rpartition(RULE)
        if prefix or id == tree.id:
            return ()
        if id not in panel.results.library.inferences:
            return (panel.running[id],) if id in panel.running else ()
        reasons = panel.verdict(id).because
        return tuple(seen for reason in reasons for seen in seen_running(reason.part, panel))
    return tuple(seen for part in parts_of(tree) for seen in seen_running(part, panel))
