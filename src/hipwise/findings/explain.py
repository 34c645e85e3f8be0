"""Measurements and rules to explained findings, what matters and is sure first."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hipwise.findings import wording
from hipwise.findings.finding import Finding, FindingKind
from hipwise.findings.inferring import Held, finding_of, rules_that_hold
from hipwise.findings.judge import Judge, Seen
from hipwise.findings.patterns import patterns_that_hold
from hipwise.findings.results import Results
from hipwise.knowledge.inferences import Pattern
from hipwise.knowledge.library import Library, load
from hipwise.knowledge.rules import Rule, Wording
from hipwise.measurement import Measurement, Side, Symmetry

if TYPE_CHECKING:
    from hipwise.screening.runner import RunnerProfile


@dataclass(frozen=True)
class _Hit:
    """A rule whose conditions all hold."""

    rule: Rule
    text: Wording
    seen: tuple[Seen, ...]

    @property
    def side(self) -> Side | None:
        return self.seen[0].side


def explain(
    measurements: Iterable[Measurement],
    symmetries: Iterable[Symmetry],
    library: Library | None = None,
    profile: RunnerProfile | None = None,
) -> tuple[Finding, ...]:
    """Explain what was measured; findings are ranked by weight, the weightiest first.

    A finding about running rests only on values with at least `min_strides` strides (Dingenen
    2018: 7 a side) and a known error, and only on what exceeds that error. Self-tests are held
    against their own limits for the runner's age and sex, as far as the `profile` tells them.
    Differences that belong to one phenomenon are told as one finding. What is fine is told too,
    last. `library` is the built-in evidence unless another is given.
    """
    library = library or load()
    measurements, symmetries = tuple(measurements), tuple(symmetries)
    judge = Judge.of(measurements, symmetries, library)
    hits = {hit.rule.id: hit for hit in _hits(judge, library)}
    results = Results(_finite(measurements), _comparable(symmetries), library, profile)
    findings = (*_about_running(hits, results), *_about_tests(results, hits))
    return tuple(sorted(findings, key=lambda f: (f.kind is FindingKind.FINE, -f.weight, f.id)))


def _finite(measurements: Iterable[Measurement]) -> tuple[Measurement, ...]:
    return tuple(m for m in measurements if math.isfinite(m.value) and m.n > 0)


def _comparable(symmetries: Iterable[Symmetry]) -> tuple[Symmetry, ...]:
    return tuple(s for s in symmetries if len(_finite((s.left, s.right))) == 2)


def _about_running(hits: Mapping[str, _Hit], results: Results) -> Iterable[Finding]:
    supporters: dict[str, list[_Hit]] = {id: [] for id in hits}
    for hit in hits.values():
        head = _head(hit, hits)
        if head is not hit:
            supporters[head.rule.id].append(hit)
    for id, hit in hits.items():
        if _head(hit, hits) is hit:
            yield _finding(hit, supporters[id], results)


def _about_tests(results: Results, hits: Mapping[str, _Hit]) -> Iterable[Finding]:
    """Findings from self-tests and profile; a rule that is part of another only supports it."""
    running = {id: hit.seen[0] for id, hit in hits.items()}
    held = [*rules_that_hold(results, running), *patterns_that_hold(results)]
    heads = {id(h): next((o for o in held if _tells_all_of(o, h)), None) for h in held}
    for one in held:
        if heads[id(one)] is None:
            supporters = tuple(h for h in held if heads[id(h)] is one)
            yield finding_of(one, results, supporters)


def _tells_all_of(other: Held, one: Held) -> bool:
    """Whether `one` is part of `other`, on the same side or on one of its sides."""
    if one.rule.pattern is Pattern.UNEVEN:
        told = other.rule.pattern is None and set(one.gaps) <= set(other.gaps)
        return told and other.rule.kind == "limit"
    return other.rule.id in one.rule.part_of and other.side in {None, one.side}


def _hits(judge: Judge, library: Library) -> Iterable[_Hit]:
    for rule in library.rules.values():
        if rule.wording is None:
            continue
        seen = [judge.see(condition) for condition in rule.conditions]
        held = tuple(s for s in seen if s is not None)
        if len(held) == len(seen):
            yield _Hit(rule, rule.wording, held)


def _head(hit: _Hit, hits: Mapping[str, _Hit]) -> _Hit:
    """Follow `part_of` to the finding that tells the whole story of this side."""
    for parent in hit.rule.part_of:
        other = hits.get(parent)
        if other is not None and (None in {hit.side, other.side} or hit.side is other.side):
            return _head(other, hits)
    return hit


def _finding(hit: _Hit, supporters: list[_Hit], results: Results) -> Finding:
    rule, first, library = hit.rule, hit.seen[0], results.library
    filled = wording.words(first, library)
    also = [*hit.seen[1:], *(s for supporter in supporters for s in supporter.seen)]
    return Finding(
        id=rule.id if hit.side is None else f"{rule.id}.{hit.side}",
        rule=rule.id,
        kind=FindingKind(rule.kind),
        title=hit.text.title.format_map(filled),
        seen=_with_support(hit.text.seen.format_map(filled), also),
        compared_with=hit.text.compared_with.format_map(filled),
        may_mean=rule.may_mean.format_map(filled),
        against=tuple(wording.cited(claim, library) for claim in rule.against),
        grade=str(rule.grade),
        sources=rule.sources,
        status=str(rule.status),
        targets=rule.targets,
        side=hit.side,
        measurements=tuple(dict.fromkeys(m for s in (*hit.seen, *also) for m in s.measurements)),
        weight=_weight(hit, library),
        sure=True,  # a rule about running holds only beyond the error
        days=min(results.days_of(m.metric) for m in hit.seen[0].measurements),
    )


def _with_support(sentence: str, also: list[Seen]) -> str:
    if not also:
        return sentence
    lines = dict.fromkeys(wording.in_one_line(seen) for seen in also)
    return f"{sentence} The same film also shows: {'; '.join(lines)}."


def _weight(hit: _Hit, library: Library) -> float:
    """How much it matters (importance) times how sure it is (grade, distance from the error)."""
    grade = library.setting(f"grade_weight_{hit.rule.grade}")
    return hit.rule.importance * grade * min(seen.sureness for seen in hit.seen)
