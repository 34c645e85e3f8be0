"""Measurements and rules to explained findings, what matters and is sure first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hipwise.findings import wording
from hipwise.findings.finding import Finding, FindingKind
from hipwise.findings.judge import Judge, Seen
from hipwise.knowledge.library import Library, load
from hipwise.knowledge.rules import Rule, Wording
from hipwise.measurement import Measurement, Side, Symmetry


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
) -> tuple[Finding, ...]:
    """Explain what was measured; findings are ranked by weight, the weightiest first.

    A finding rests only on values with at least `min_strides` strides (Dingenen 2018: 7 a side)
    and a known error, and only on what exceeds that error. Side differences that belong to one
    phenomenon are told as one finding. What is fine is told too, last. `library` is the built-in
    evidence unless another is given.
    """
    library = library or load()
    judge = Judge.of(measurements, symmetries, library)
    hits = {hit.rule.id: hit for hit in _hits(judge, library)}
    supporters: dict[str, list[_Hit]] = {id: [] for id in hits}
    for hit in hits.values():
        head = _head(hit, hits)
        if head is not hit:
            supporters[head.rule.id].append(hit)
    findings = [
        _finding(hit, supporters[id], library)
        for id, hit in hits.items()
        if _head(hit, hits) is hit
    ]
    return tuple(sorted(findings, key=lambda f: (f.kind is FindingKind.FINE, -f.weight, f.id)))


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


def _finding(hit: _Hit, supporters: list[_Hit], library: Library) -> Finding:
    rule, first = hit.rule, hit.seen[0]
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
