"""Every piece of the evidence in one shape, to be listed, searched and read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from hipwise.knowledge.library import Library
from hipwise.knowledge.models import Claim, Fact, Grade, Status


@dataclass(frozen=True)
class Entry:
    """One piece of evidence: what it says, who says so, how strong it is, what speaks against.

    `kind` is what it is (a test, a rule, …); `says` are its sentences with their heading.
    """

    id: str
    kind: str
    title: str
    grade: Grade | None
    status: Status | None
    says: tuple[tuple[str, str], ...]
    evidence: tuple[Claim, ...] = ()
    against: tuple[Claim, ...] = ()
    facts: tuple[tuple[str, Fact], ...] = ()

    @property
    def rests_on(self) -> tuple[Fact, ...]:
        """Everything that a source, or we, answer for."""
        return (*self.evidence, *self.against, *(fact for _, fact in self.facts))

    def matches(self, word: str) -> bool:
        """Whether every part of `word` stands somewhere in it, whatever the case."""
        claims = (c.says for c in (*self.evidence, *self.against))
        text = " ".join((self.id, self.kind, self.title, *(s for _, s in self.says), *claims))
        return all(part in text.casefold() for part in word.casefold().split())


def entries(library: Library) -> tuple[Entry, ...]:
    """Return every piece of the evidence but the sources, kind by kind."""
    return tuple(
        entry
        for kind in (_red_flags, _sayings, _inferences, _rules, _guidance, _tests, _metrics)
        for entry in kind(library)
    ) + tuple(_exercises(library))


def _red_flags(library: Library) -> Iterator[Entry]:
    for f in library.red_flags.values():
        says = (
            ("when", f.when),
            ("may be", f.may_be),
            ("stop", f.stop),
            ("whom to see", f.whom_to_see),
            ("how soon", f.how_soon),
        )
        yield Entry(f.id, "red flag", f.wording, f.grade, f.status, says, f.evidence, f.against)


def _sayings(library: Library) -> Iterator[Entry]:
    for s in library.sayings.values():
        says = (("looked up", s.verdict), ("how strong", s.grade_note))
        yield Entry(s.id, "saying", s.claim, s.grade, None, says, s.evidence)


def _inferences(library: Library) -> Iterator[Entry]:
    for r in library.inferences.values():
        says = (("when", r.when), ("may mean", r.may_mean), ("to do", r.todo))
        about = tuple((head, _without_braces(text)) for head, text in says)
        title = _without_braces(r.title)
        yield Entry(r.id, "rule", title, r.grade, r.status, about, r.evidence, r.against)


def _without_braces(text: str) -> str:
    return re.sub(r"\{\w+\} ?", "… ", text).strip()


def _rules(library: Library) -> Iterator[Entry]:
    for r in library.rules.values():
        kind = "holds for everybody" if r.wording is None else "rule about running"
        title = _without_braces(r.wording.title) if r.wording else r.may_mean
        says = (("when", r.when), ("may mean", _without_braces(r.may_mean)))
        yield Entry(r.id, kind, title, r.grade, r.status, says, r.evidence, r.against)


def _guidance(library: Library) -> Iterator[Entry]:
    for g in library.guidance.values():
        says = (("when", g.when), ("to do", g.do))
        kind = f"guidance on {g.group.replace('_', ' ')}"
        yield Entry(g.id, kind, g.says, g.grade, g.status, says, g.evidence, g.against)


def _tests(library: Library) -> Iterator[Entry]:
    for p in library.protocols.values():
        norms = tuple((f"norm, {n.population}", n) for n in p.norms)
        limits = tuple(("limit", flag) for flag in p.flags)
        gap = (("left-right limit", p.side_rule),) if p.side_rule is not None else ()
        says = (("clinical name", p.clinical_name), ("measures", p.measures))
        facts: tuple[tuple[str, Fact], ...] = (*norms, *limits, *gap)
        yield Entry(p.id, "self-test", p.name, None, None, says, p.evidence, p.cautions, facts)


def _metrics(library: Library) -> Iterator[Entry]:
    for m in library.metrics.values():
        says = [("clinical name", m.clinical_name), ("measures", m.definition)]
        says += [("not shown", m.withheld)] if m.withheld is not None else []
        usual = tuple((f"usual, {t.population}", t) for t in m.typical)
        yield Entry(m.id, "running measure", m.name, None, None, tuple(says), (), m.cautions, usual)


def _exercises(library: Library) -> Iterator[Entry]:
    for e in library.exercises.values():
        not_with = "; ".join(library.contraindication(t).meaning for t in e.contraindications)
        says = [("for", e.purpose)] + ([("not when", not_with)] if not_with else [])
        facts = (("dose", e.dose),)
        yield Entry(e.id, "exercise", e.name, None, None, tuple(says), e.evidence, (), facts)
