"""One self-test after the other: its steps, its clock, left and right, and tries done again."""

from __future__ import annotations

from hipwise.cli.asking import PAUSE, SKIP, Terminal, Unclear, number, yes_or_no
from hipwise.cli.timers import run_timer
from hipwise.errors import UnreadableFile
from hipwise.knowledge import Library
from hipwise.knowledge.models import Unit
from hipwise.knowledge.protocols import Protocol
from hipwise.measurement import Side
from hipwise.screening import RunnerProfile, battery_for
from hipwise.screening.answers import SKIPPED, TestAnswer
from hipwise.screening.battery import PlannedTest
from hipwise.screening.scoring import refuse_impossible
from hipwise.screening.template import in_words
from hipwise.screening.values import Sheet
from hipwise.services.drafts import Draft
from hipwise.services.test_sheet import TestSheet


def ask_tests(draft: Draft, terminal: Terminal, runner: RunnerProfile, library: Library) -> None:
    """Lead through every test that fits the runner and is not done; raises Paused."""
    plan = battery_for(runner, str(draft.get("set")), library)
    terminal.say(f"\n{len(plan.tests)} tests, about {plan.minutes:.0f} minutes.", "bold")
    terminal.say(f"Type {SKIP} to leave out what hurts, {PAUSE} to go on another time.")
    for left_out in plan.left_out:
        terminal.say(
            f"Not {library.protocol(left_out.test).name}: {left_out.reason}", "bright_black"
        )
    for place, planned in enumerate(plan.tests, 1):
        test = _Test(planned, runner, draft, terminal, library)
        if test.is_open:
            test.introduce(f"{place}/{len(plan.tests)}")
            test.ask()


class _Test:
    """One test in the making."""

    def __init__(
        self,
        planned: PlannedTest,
        runner: RunnerProfile,
        draft: Draft,
        terminal: Terminal,
        library: Library,
    ) -> None:
        self.sheet = TestSheet(planned, runner, draft)
        self.protocol: Protocol = planned.protocol
        self.values = planned.values
        self.runner, self.library = runner, library
        self.draft, self.terminal = draft, terminal

    @property
    def is_open(self) -> bool:
        """Whether a side of a value is not finished yet."""
        return self.sheet.is_open

    def introduce(self, place: str) -> None:
        """Tell what the test is, how it is done, when to stop, and what does not count."""
        p, say = self.protocol, self.terminal.say
        say(f"\n{place}  {p.name} ({p.clinical_name})", "bold")
        say(p.measures)
        if p.equipment:
            say(f"You need: {', '.join(p.equipment)}.")
        for number_, step in enumerate(p.steps, 1):
            say(f"  {number_}. {step}")
        for rule in p.stop_rules:
            say(f"  ! {rule}", "yellow")
        for reason in p.invalid_if:
            say(f"  Does not count: {reason}", "bright_black")

    def ask(self) -> None:
        """Ask for every value, the left side before the right, try by try."""
        while self.is_open:
            for side in (None, *Side):
                while ids := [id for id in self.values if side in self.sheet.open_sides(id)]:
                    self._ask_next(ids, side)
            for id in self.values:
                self._look_again(id)

    def _look_again(self, id: str) -> None:
        """Have tries that look wrong as a whole confirmed, or ask for them anew."""
        answer = TestAnswer.model_validate(self.draft.get("tests", id))
        try:
            refuse_impossible(id, answer, self.runner, self.library)
        except UnreadableFile as fault:
            self.terminal.say(str(fault), "yellow")
            if self.terminal.yes("Is it right all the same?"):
                self.draft.put(True, "tests", id, "checked")
            else:
                self.draft.put(None, "tests", id)

    def _ask_unit(self, id: str) -> None:
        """Ask in which unit a force is written down, before the first try."""
        value = self.protocol.recorded[id]
        if value.unit is Unit.N_PER_KG and self.draft.get("tests", id, "unit") is None:
            unit = self.terminal.ask(f"{value.name}: which unit (N, kgf or lbf)?", _force_unit)
            self.draft.put(unit, "tests", id, "unit")

    def _ask_next(self, ids: list[str], side: Side | None) -> None:
        """Ask for the next try: all values of one try before the next try."""
        id = min(ids, key=lambda one: len(self.sheet.tries(one, side)))
        self._ask_unit(id)
        sheet, part = self.sheet.sheet(id), self.sheet.part(side)
        if self.sheet.filmed(id):
            self._leave_to_the_film(id, part)
            return
        tries, count = list(self.sheet.tries(id, side)), self.protocol.trials.count
        if tries and len(tries) == count:
            self.terminal.say("These tries lie too far apart. Please do them again.", "yellow")
        where = f"{sheet.value.name}{f', {side}' if side else ''}"
        if count > 1:
            where += f", try {len(tries) % count + 1} of {count}"
        written = self._ask_try(where, sheet, part, own=id == self.protocol.id)
        if written is not None:
            self.draft.put([*tries, written], "tests", id, part)
            return
        for left_out in ids if id == self.protocol.id else [id]:
            self.draft.put(SKIPPED, "tests", left_out, part)

    def _leave_to_the_film(self, id: str, part: str) -> None:
        """Take no typed value for the other side of a filmed test: two ways cannot be compared."""
        self.terminal.say(
            "The other side was measured from a film, and two ways cannot be compared. Type "
            f"{PAUSE} and film this one too (hipwise screen --video FILE --test {self.protocol.id} "
            f"--side {part} --keep), or {SKIP} to leave it out.",
            "yellow",
        )

        def left_out(typed: str) -> str:
            if typed.lower() != SKIP:
                raise Unclear(f"Type {PAUSE} or {SKIP}.")
            return SKIPPED

        self.draft.put(self.terminal.ask(f"{part}:", left_out), "tests", id, part)

    def _ask_try(self, where: str, sheet: Sheet, part: str, *, own: bool) -> float | bool | None:
        """Return one try as written down, None where the side is left out."""
        for choice in sheet.value.choices:
            self.terminal.say(f"{choice.value:4d}  {choice.says}")
        value, timer = sheet.value, self.protocol.timer
        clocked = own and timer.kind != "none"
        yes_no = value.unit is Unit.YES_NO
        unit = "yes or no" if yes_no else sheet.unit or in_words(value.unit)
        hint = f"; Enter starts the {timer.kind}" if clocked else ""

        def read(typed: str) -> float | bool | None:
            if typed.lower() == SKIP:
                return None
            if not typed and clocked:
                seconds = run_timer(self.terminal.console, timer, self.terminal.wait)
                if seconds is None:
                    raise Unclear("Now type the result.")
                self.terminal.say(f"{seconds:g} s")
                return seconds
            written = yes_or_no(typed) if yes_no else number(typed)
            try:
                sheet.number(written, part)
            except UnreadableFile as fault:
                raise Unclear(str(fault)) from None
            return written

        return self.terminal.ask(f"{where} ({unit}{hint}):", read)


def _force_unit(typed: str) -> str:
    units = {"n": "N", "kgf": "kgf", "lbf": "lbf"}
    if typed.lower() not in units:
        raise Unclear("Type N, kgf or lbf, as your device shows it.")
    return units[typed.lower()]
