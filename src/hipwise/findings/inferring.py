"""Self-tests, the runner and rules with expressions to findings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from hipwise.findings import telling, wording
from hipwise.findings.finding import Finding, FindingKind
from hipwise.findings.judge import Seen
from hipwise.findings.panel import Panel, has_sides, metrics_in, seen_running
from hipwise.findings.results import Gap, Judged, Results
from hipwise.knowledge.evaluation import Verdict
from hipwise.knowledge.inferences import Inference
from hipwise.knowledge.syntax import AnyOf, Call, Expression, Name, parts_of
from hipwise.measurement import Measurement, Side

BOTH = "left and right"


@dataclass(frozen=True)
class Held:
    """A rule that holds, on `side` or, for None, on both sides or the whole body.

    `key` tells findings of one pattern apart; `test` and `direction` fill its sentences. `sure`
    says that it holds however the values lie within their errors, and side differences on two days.
    """

    rule: Inference
    side: Side | None
    measurements: tuple[Measurement, ...]
    judged: tuple[Judged, ...] = ()
    gaps: tuple[Gap, ...] = ()
    margin: float = 2.0
    sure: bool = True
    sided: bool = False
    key: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    targets: tuple[str, ...] = ()

    @property
    def beyond_error(self) -> bool:
        """Whether what was measured lies beyond its limit by at least the error."""
        return self.margin >= 1 or not self.judged


def rules_that_hold(results: Results, running: Mapping[str, Seen]) -> Iterator[Held]:
    """Yield every rule with an expression that holds, once for both sides where it does."""
    for rule in results.library.inferences.values():
        if rule.holds_when is None:
            continue
        sided = has_sides(rule.holds_when, results)
        found = {}
        for side in tuple(Side) if sided else (None,):
            panel = Panel(results, side, running)
            verdict = panel.verdict(rule.id)
            if verdict.holds:
                found[side] = _held(rule, panel, verdict, sided)
        yield from merged(found)


def merged(found: Mapping[Side | None, Held]) -> Iterator[Held]:
    """Make one of what holds on both sides."""
    if len(found) < 2:
        yield from found.values()
        return
    left, right = found[Side.LEFT], found[Side.RIGHT]
    yield Held(
        left.rule,
        None,
        (*left.measurements, *right.measurements),
        (*left.judged, *right.judged),
        (*left.gaps, *right.gaps),
        min(left.margin, right.margin),
        left.sure and right.sure,
        left.sided,
        left.key,
        left.words,
        left.targets,
    )


def _held(rule: Inference, panel: Panel, verdict: Verdict, sided: bool) -> Held:
    judged: list[Judged] = []
    gaps: list[Gap] = []
    measurements: list[Measurement] = []
    for reason in verdict.because:
        _collect(reason.part, panel, judged, gaps)
        for metric in metrics_in(reason.part, panel):
            measurements += _behind(metric, panel, gaps)
        for seen in seen_running(reason.part, panel):
            measurements += seen.measurements
    margins = [j.margin for j in judged] + [g.margin for g in gaps]
    margins += [r.margin for r in verdict.because if not judged and not gaps]
    used = tuple(dict.fromkeys(measurements))
    return Held(
        rule,
        panel.side,
        used,
        tuple(dict.fromkeys(judged)),
        tuple(dict.fromkeys(gaps)),
        _surest(rule, margins),
        replace(panel, careful=True).verdict(rule.id).holds is True,
        sided,
        targets=rule.targets,
    )


def _surest(rule: Inference, margins: list[float]) -> float:
    """How sure a rule is: of an `or` as its surest part, otherwise as its least sure."""
    if not margins:
        return 2.0
    choose = max if isinstance(rule.holds_when, AnyOf) else min
    return min(2.0, choose(margins))


def _behind(metric: str, panel: Panel, gaps: list[Gap]) -> list[Measurement]:
    """The value on this side, or of the whole body; both sides where they were compared."""
    if any(gap.symmetry.metric == metric for gap in gaps):
        symmetry = panel.results.gaps[metric]
        return [symmetry.left, symmetry.right]
    latest = panel.results.latest
    m = latest.get((metric, panel.side)) or latest.get((metric, None))
    return [m] if m is not None else []


def _collect(tree: Expression, panel: Panel, judged: list[Judged], gaps: list[Gap]) -> None:
    """Gather the limits that decided, also those inside other rules."""
    match tree:
        case Call("flagged", (Name(metric),)):
            results = panel.results
            held = results.judged(metric, panel.side) or results.judged(metric, None)
            judged += [held] if held is not None else []
        case Call("behind", (Name(metric),)):
            gap = panel.results.gap(metric)
            gaps += [gap] if gap is not None else []
        case Name(id) if id.startswith("rule.") and id[5:] in panel.results.library.inferences:
            for reason in panel.verdict(id[5:]).because:
                _collect(reason.part, panel, judged, gaps)
        case _:
            for part in parts_of(tree):
                _collect(part, panel, judged, gaps)


def finding_of(held: Held, results: Results, supporters: tuple[Held, ...] = ()) -> Finding:
    """Tell what holds as a finding, with what supports it."""
    rule, library = held.rule, results.library
    words = {"side": str(held.side or BOTH), "other": str(held.side.other) if held.side else ""}
    words |= dict(held.words)
    measurements = dict.fromkeys(
        (*held.measurements, *(m for s in supporters for m in s.measurements))
    )
    id = ".".join(part for part in (rule.id, held.key, str(held.side or "")) if part)
    return Finding(
        id=id,
        rule=rule.id,
        kind=FindingKind(rule.kind),
        title=rule.title.format_map(words),
        seen=_seen(held, tuple(measurements), results),
        compared_with=_compared_with(held, results),
        may_mean=f"{rule.may_mean} {rule.todo}".format_map(words),
        against=tuple(wording.cited(claim, library) for claim in rule.against),
        grade=str(rule.grade),
        sources=_sources(held),
        status=str(rule.status),
        targets=held.targets,
        side=held.side,
        measurements=tuple(measurements),
        weight=_weight(held, results),
        sure=held.sure,
        days=min((results.days_of(m.metric) for m in measurements), default=0),
    )


def _seen(held: Held, measurements: tuple[Measurement, ...], results: Results) -> str:
    if not measurements:
        return "This follows from what you told about yourself, not from a measurement."
    told = telling.seen_in_words(measurements, results)
    if held.rule.kind in {"fine", "advice"}:
        return told
    if not held.beyond_error:
        told += " That lies inside the error, so it may not be so."
    if _seen_once(held, results):
        told += " Seen on one day so far; test again on another day before you rely on it."
    return told


def _seen_once(held: Held, results: Results) -> bool:
    """Whether a self-test's result that asks for attention comes from a single day."""
    tests = {m.metric for m in held.measurements if results.recorded(m.metric) is not None}
    return any(results.days_of(test) < 2 for test in tests)


def _compared_with(held: Held, results: Results) -> str:
    lines = [telling.limit_in_words(j, results) for j in held.judged]
    lines += [telling.gap_in_words(g, results) for g in held.gaps]
    if not lines:
        return held.rule.when
    return " ".join(dict.fromkeys(lines))


def _sources(held: Held) -> tuple[str, ...]:
    limits = (j.source for j in held.judged)
    return tuple(dict.fromkeys((*held.rule.sources, *(s for s in limits if s is not None))))


def _weight(held: Held, results: Results) -> float:
    """How much it matters times how sure it is: grade, distance from the limit, days."""
    library = results.library
    grade = library.setting(f"grade_weight_{held.rule.grade}")
    once = library.setting("seen_once_weight") if _seen_once(held, results) else 1.0
    return held.rule.importance * grade * once * sureness(held.margin)


def sureness(margin: float) -> float:
    """0.25 at the limit, 0.5 one error beyond it, 1 from two errors beyond it (chosen by us)."""
    return 0.25 * (1 + margin) if margin <= 1 else min(1.0, 0.5 * margin)
