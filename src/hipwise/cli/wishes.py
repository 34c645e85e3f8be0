"""From what is written after the options of `hipwise plan` to wishes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, time
from enum import StrEnum
from typing import TypeVar

from hipwise.errors import UsageError
from hipwise.planning import TimeAway
from hipwise.reporting.calendar import STARTS_AT
from hipwise.screening.runner import Trains, Weekday
from hipwise.services.changes import Changes

Word = TypeVar("Word", bound=StrEnum)


def changes(
    *,
    minutes: float | None,
    days: int | None,
    runs: str | None,
    hard: str | None,
    when: str | None,
    race: str | None,
    away: Iterable[str],
    ill: Iterable[str],
    equipment: str | None,
) -> Changes:
    """Read the wishes; raises UsageError for one that cannot be read."""
    return Changes(
        minutes=minutes,
        days=days,
        runs_on=None if runs is None else weekdays(runs, "The day"),
        hard_on=None if hard is None else weekdays(hard, "The day"),
        trains=None if when is None else one_of(when, Trains, "--when"),
        equipment=None if equipment is None else tuple(words_in(equipment)),
        race=a_day_or_none(race, "--race"),
        away=times_away(away, ill) or None,
    )


def a_day_or_none(text: str | None, what: str) -> date | None:
    """Read a date where there is one; raises UsageError, naming `what`."""
    return None if text is None else a_day(text, what)


def time_of_day(text: str | None) -> time:
    """Read a time of day such as `18:30`; without one sessions stand at `STARTS_AT`."""
    if text is None:
        return STARTS_AT
    try:
        return time.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        raise UsageError(f"--at '{text}' is no time of day: write it as 18:30.") from None


def a_day(text: str, what: str) -> date:
    """Read a date; raises UsageError, naming `what`."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"{what} '{text}' is no day: write it as 2027-04-25.") from None


def one_of(text: str, words: type[Word], what: str) -> Word:
    """Read one of the words; raises UsageError, naming `what` and the words there are."""
    try:
        return words(text.strip().lower())
    except ValueError:
        known = ", ".join(words)
        raise UsageError(f"{what} '{text}' is not known; use one of {known}.") from None


def weekdays(text: str, what: str) -> tuple[Weekday, ...]:
    """Read days of the week such as `tue,thu,sun`; an empty text or `none` means none."""
    if text.strip().lower() in {"", "none"}:
        return ()
    days = {one_of(word[:3], Weekday, what) for word in words_in(text)}
    return tuple(sorted(days, key=lambda day: day.place))


def words_in(text: str) -> Iterator[str]:
    """Yield the words of a list with commas or spaces between."""
    yield from text.lower().replace(",", " ").split()


def times_away(away: Iterable[str], ill: Iterable[str]) -> tuple[TimeAway, ...]:
    """Read times such as `2026-12-24:2027-01-02`, both days included."""
    without_things = (_time(text, "--away", training=True) for text in away)
    return (*without_things, *(_time(text, "--ill", training=False) for text in ill))


def _time(text: str, what: str, *, training: bool) -> TimeAway:
    first_text, _, last_text = text.partition(":")
    first = a_day(first_text, what)
    last = a_day(last_text, what) if last_text else first
    if last < first:
        raise UsageError(f"{what} {text}: the last day is before the first.")
    return TimeAway(first, last, training)
