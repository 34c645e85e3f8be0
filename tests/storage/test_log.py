"""The log: whole, in the order of time, and an entry that arrives twice is one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hipwise.errors import Conflict, UnreadableFile, UsageError
from hipwise.planning.plan import SessionKind
from hipwise.progress.log import (
    Entry,
    ExerciseDone,
    Felt,
    MorningAfter,
    RunDone,
    SessionDone,
    TimeOff,
)
from hipwise.storage import Store
from hipwise.storage.entries import KINDS, document_of, entry_of
from tests.storage.filled import ENTRIES, NOON

ids = st.text(min_size=1, max_size=40)
pain = st.none() | st.integers(0, 10)
counts = st.integers(0, 100)
zones = st.none() | st.integers(-14 * 60, 14 * 60).map(lambda m: timezone(timedelta(minutes=m)))
times = st.builds(
    lambda time, zone: time.replace(tzinfo=zone),
    st.datetimes(datetime(1970, 1, 1), datetime(2100, 1, 1)),
    zones,
)
days = st.dates(date(1970, 1, 1), date(2100, 1, 1))
seconds = st.floats(0, 1e6)
exercises = st.builds(
    ExerciseDone,
    st.text(),
    sets=counts,
    reps=st.none() | counts,
    hold_s=st.none() | seconds,
    reps_in_reserve=st.none() | counts,
    felt=st.none() | st.sampled_from(Felt),
    pain=pain,
)
sessions = st.builds(
    SessionDone,
    ids,
    at=times,
    session=st.text(),
    kind=st.sampled_from(SessionKind),
    seconds=seconds,
    items=st.lists(exercises, max_size=4).map(tuple),
    pain_before=pain,
    pain_after=pain,
)
mornings = st.builds(MorningAfter, ids, days, st.integers(0, 10), st.booleans())
runs = st.builds(
    RunDone,
    ids,
    times,
    km=st.floats(0, 300, exclude_min=True),
    minutes=st.none() | seconds,
    hard=st.booleans(),
    pain=pain,
)
time_off = st.tuples(ids, st.sampled_from(["ill", "away"]), days, days).map(
    lambda told: TimeOff(told[0], told[1], min(told[2:]), max(told[2:]))
)
entries = sessions | mornings | runs | time_off


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store.open(tmp_path_factory.mktemp("log")) as store:
        yield store


@given(entries)
def test_what_goes_in_comes_out(shared: Store, entry: Entry) -> None:
    shared.log.append(entry)
    shared.log.append(entry)
    assert shared.log.entries() == (entry,)
    shared.log.remove(entry.id)
    assert shared.log.entries() == ()


@given(st.lists(entries, unique_by=lambda entry: entry.id, max_size=6), times)
def test_entries_come_in_the_order_of_time_and_none_is_missed(
    shared: Store, written: list[Entry], since: datetime
) -> None:
    for entry in written:
        shared.log.append(entry)
    found = shared.log.entries()
    late = shared.log.entries(since)
    for entry in written:
        shared.log.remove(entry.id)
    assert {entry.id for entry in found} == {entry.id for entry in written}
    assert [begin_of(entry) for entry in found] == sorted(begin_of(entry) for entry in written)
    assert [entry.id for entry in late] == [
        entry.id for entry in found if end_of(entry) >= in_utc(since)
    ]


def in_utc(time: datetime) -> datetime:
    return time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)


def begin_of(entry: Entry) -> datetime:
    if isinstance(entry, SessionDone | RunDone):
        return in_utc(entry.at)
    day = entry.day if isinstance(entry, MorningAfter) else entry.first
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def end_of(entry: Entry) -> datetime:
    if isinstance(entry, SessionDone | RunDone):
        return in_utc(entry.at)
    day = entry.day if isinstance(entry, MorningAfter) else entry.last
    midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
    return midnight + timedelta(days=1) - timedelta(microseconds=1)


def test_every_kind_of_entry_can_be_kept() -> None:
    assert set(KINDS.values()) == set(get_args(Entry))
    assert {type(entry) for entry in ENTRIES} == set(KINDS.values())


def test_an_id_that_stands_for_something_else_is_refused(store: Store) -> None:
    run = RunDone("a", NOON, km=8)
    store.log.append(run)
    with pytest.raises(Conflict, match="another entry with the id 'a'"):
        store.log.append(replace(run, km=9))
    assert store.log.entries() == (run,)
    store.log.remove("a")
    store.log.append(replace(run, km=9))
    store.log.remove("b")
    assert store.log.entries() == (replace(run, km=9),)


def test_time_off_counts_to_its_last_day(store: Store) -> None:
    off = TimeOff("off", "away", date(2026, 5, 1), date(2026, 5, 31))
    store.log.append(off)
    assert store.log.entries(NOON) == (off,)
    assert store.log.entries(NOON + timedelta(days=1)) == ()


@pytest.mark.parametrize("seconds", [float("nan"), float("inf")])
def test_a_number_that_is_none_is_refused(store: Store, seconds: float) -> None:
    with pytest.raises(UsageError, match="'bad' cannot be kept"):
        store.log.append(SessionDone("bad", NOON, "", SessionKind.DAILY, seconds, ()))
    with pytest.raises(UsageError, match="cannot be kept"):
        store.log.append(RunDone("\ud800", NOON, km=8))
    assert store.log.entries() == ()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"entry": "swim"}, "'swim'"),
        ({"km": "far"}, "'km'"),
        ({"km": -1}, "-1 km cannot be"),
        ({"at": "one day"}, "'at'"),
    ],
)
def test_a_document_that_cannot_be_an_entry_says_why(change: dict[str, str], words: str) -> None:
    with pytest.raises(UnreadableFile, match=words):
        entry_of(document_of(RunDone("a", NOON, km=8)) | change)
