"""Answers to measurements: each test's tries averaged by its own rule, left beside right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from difflib import get_close_matches
from statistics import stdev

from hipwise.errors import NotEnoughData, UnreadableFile
from hipwise.knowledge.library import Library, load
from hipwise.knowledge.models import FILM
from hipwise.knowledge.protocols import Protocol
from hipwise.measurement import Measurement, Side, Symmetry
from hipwise.screening.answers import SKIPPED, Answers, TestAnswer
from hipwise.screening.contradictions import refuse_contradictions
from hipwise.screening.runner import RunnerProfile
from hipwise.screening.safety import verdict_on
from hipwise.screening.screening import Note, Screening
from hipwise.screening.swapped import swapped_tries
from hipwise.screening.tries import (
    Tries,
    are_complete,
    come_to,
    spread_too_wide,
    that_count,
)
from hipwise.screening.values import Sheet

SOURCE = "screening"


def score(answers: Answers, library: Library | None = None) -> Screening:
    """Judge the safety answers, then turn every test's tries into measurements.

    With a red flag nothing is measured. Raises UnreadableFile, naming the field, for what cannot
    be so (a wrong unit, an unknown test, contradicting answers, sides mixed up), and NotEnoughData
    for a test half done or a side missing. `library` is the built-in evidence unless another is
    given.
    """
    library = library or load()
    refuse_contradictions(answers, library)
    verdict = verdict_on(answers.runner, answers.safety, (), library)
    if verdict.stop:
        return Screening(answers.runner, verdict, (), (), ())
    at = answers.taken_at or datetime.now(UTC)
    scored = [_Scored.of(id, a, answers.runner, library) for id, a in answers.tests.items()]
    measurements = tuple(m for one in scored for m in one.measurements(at))
    verdict = verdict_on(answers.runner, answers.safety, measurements, library)
    if verdict.stop:
        return Screening(answers.runner, verdict, (), (), ())
    return Screening(
        answers.runner,
        verdict,
        measurements,
        tuple(s for one in scored for s in one.symmetry(measurements)),
        tuple(note for one in scored for note in one.notes(library)),
    )


def refuse_impossible(id: str, answer: TestAnswer, runner: RunnerProfile, library: Library) -> None:
    """Raise, as `score` would, where the tries of one test cannot be so or are not all there."""
    _Scored.of(id, answer, runner, library)


@dataclass(frozen=True)
class _Scored:
    """The tries of one value by side, checked, in its own unit."""

    id: str
    protocol: Protocol
    method: str
    tries: dict[Side | None, Tries]
    runner: RunnerProfile

    @classmethod
    def of(cls, id: str, answer: TestAnswer, runner: RunnerProfile, library: Library) -> _Scored:
        protocol, field = protocol_of(id, library), f"tests.{id}"
        value = protocol.recorded[id]
        sheet = Sheet(value, field, answer.unit, runner.mass_kg, answer.checked)
        refuse_missing_sides(answer, value.sided, field)
        sides: tuple[Side | None, ...] = tuple(Side) if value.sided else (None,)
        method = method_of(id, answer, library)
        filmed = method.startswith(FILM)
        tries = {side: _read(sheet, answer, side, protocol, filmed) for side in sides}
        sheet.question_the_whole(tuple(x for each in tries.values() for x in each))
        one = cls(id, protocol, method, tries, runner)
        if value.sided and not answer.checked:
            one.refuse_swapped(library, field)
        return one

    def refuse_swapped(self, library: Library, field: str) -> None:
        """Refuse tries that fit the other side better than their own."""
        left, right = (that_count(self.tries[side], self.protocol) for side in Side)
        error = library.metric(self.id).side_error(self.method, value=max(left + right, default=0))
        places = swapped_tries(left, right, error)
        if places:
            which = " and ".join(str(place + 1) for place in places)
            msg = (
                f"'{field}': try {which} looks swapped between the sides (left {_listed(left)}, "
                f"right {_listed(right)}); put it right, or add 'checked: yes' if it is so."
            )
            raise UnreadableFile(msg)

    def measurements(self, taken_at: datetime) -> Iterator[Measurement]:
        """Yield one measurement for each side that was tested."""
        metric = self.protocol.metrics[self.id]
        for side, tries in self.tries.items():
            used = that_count(tries, self.protocol)
            if not used:
                continue
            value = come_to(self.id, used, self.protocol)
            yield Measurement(
                metric=self.id,
                value=value,
                side=side,
                sd=stdev(used) if len(used) > 1 else None,
                n=len(used),
                error=metric.error(self.method, value=value),
                method=self.method,
                taken_at=taken_at,
                source=SOURCE,
            )

    def symmetry(self, measurements: Sequence[Measurement]) -> Iterator[Symmetry]:
        """Yield left against right where both sides were tested."""
        own = {m.side: m for m in measurements if m.metric == self.id}
        if Side.LEFT in own and Side.RIGHT in own:
            left, right = own[Side.LEFT], own[Side.RIGHT]
            larger = max(abs(left.value), abs(right.value))
            metric = self.protocol.metrics[self.id]
            yield Symmetry(self.id, left, right, metric.side_error(self.method, value=larger))

    def notes(self, library: Library) -> Iterator[Note]:
        """Yield what is to be known about this result."""
        value, trials = self.protocol.recorded[self.id], self.protocol.trials
        for side, tries in self.tries.items():
            where = f"{value.name}, {side}" if side else value.name
            apart = spread_too_wide(tries, self.protocol) if self.id == self.protocol.id else None
            if not tries:
                yield Note("skipped", self.id, f"{where}: left out, so nothing is said about it.")
            elif len(tries) > trials.count:
                text = f"{where}: done again; the last {trials.count} tries count."
                yield Note("done_again", self.id, text)
            if apart is not None:
                yield Note(
                    "tries_disagree",
                    self.id,
                    f"{where}: the tries lie {apart:.{value.digits}f}{value.unit.suffix} apart, "
                    f"more than the {trials.redo_if_spread_over:g} allowed; do this test again "
                    "before you trust the value.",
                )
        for tag in set(self.protocol.not_for.tags) & set(self.runner.conditions):
            meaning = library.contraindication(tag).meaning
            yield Note("not_for_you", self.id, f"{value.name}: do not repeat it now. {meaning}.")


def protocol_of(id: str, library: Library) -> Protocol:
    """Return the test that writes down the value `id`; raises UnreadableFile for an unknown one."""
    protocol = library.protocols.get(id.partition(".")[0])
    if protocol is None or id not in protocol.recorded:
        known = [value for p in library.protocols.values() for value in p.recorded]
        guess = get_close_matches(id, known, n=1)
        hint = f"write '{guess[0]}' if you mean that" if guess else "--template lists them all"
        raise UnreadableFile(f"'tests.{id}' is not a known test; {hint}.")
    return protocol


def method_of(id: str, answer: TestAnswer, library: Library) -> str:
    """Return how a value was taken; raises UnreadableFile where its error is not known that way."""
    known = [e.method for e in library.metric(id).errors]
    if answer.method is None:
        return next((m for m in known if not m.startswith(FILM)), "self_test")
    if answer.method not in known:
        msg = f"'tests.{id}.method' is {answer.method}, but must be {' or '.join(known)}."
        raise UnreadableFile(msg)
    return answer.method


def refuse_missing_sides(answer: TestAnswer, sided: bool, field: str) -> None:
    """Raise NotEnoughData where a side is missing, UnreadableFile where sides do not belong."""
    wanted, foreign = (("left", "right"), ("tries",)) if sided else (("tries",), ("left", "right"))
    for part in foreign:
        if getattr(answer, part) is not None:
            msg = f"'{field}.{part}' does not belong to this test; give {' and '.join(wanted)}."
            raise UnreadableFile(msg)
    for part in wanted:
        if getattr(answer, part) is None:
            msg = f"'{field}.{part}' is missing; give its tries, or write '{part}: {SKIPPED}'."
            raise NotEnoughData(msg, code="side_missing" if sided else "tries_missing")


def _read(
    sheet: Sheet, answer: TestAnswer, side: Side | None, protocol: Protocol, filmed: bool
) -> Tries:
    part = "tries" if side is None else side.value
    tries = tuple(sheet.number(written, part) for written in answer.of(side) or ())
    wanted = protocol.trials.count
    if tries and not are_complete(tries, protocol, filmed=filmed):
        msg = (
            f"'{sheet.field}.{part}' holds {len(tries)} of {wanted} tries; do the rest, or write "
            f"'{part}: {SKIPPED}'."
        )
        raise NotEnoughData(msg, code="test_half_done")
    return tries


def _listed(numbers: Tries) -> str:
    return ", ".join(f"{number:g}" for number in numbers)
