import itertools

from hypothesis import given
from hypothesis import strategies as st

from hipwise.gait import Event, EventKind
from hipwise.gait.strides import pair_strides
from hipwise.measurement import Side


def steps(count: int, stride_s: float = 0.7, lost: frozenset[int] = frozenset()) -> list[Event]:
    """Alternating contacts, without those whose number is in `lost`."""
    events = []
    for i in range(count):
        side = Side.LEFT if i % 2 == 0 else Side.RIGHT
        if i not in lost:
            events.append(Event(side, EventKind.FOOT_STRIKE, i * stride_s / 2))
            events.append(Event(side, EventKind.TOE_OFF, i * stride_s / 2 + 0.25))
    return events


def test_consecutive_strikes_of_one_foot_make_a_stride() -> None:
    strides = pair_strides(steps(6))
    assert [s.side for s in strides] == [Side.LEFT, Side.RIGHT] * 2
    assert all(abs(s.duration_s - 0.7) < 1e-9 and abs(s.contact_s - 0.25) < 1e-9 for s in strides)


def test_a_missed_contact_costs_its_strides_and_no_other() -> None:
    whole, missed = pair_strides(steps(12)), pair_strides(steps(12, lost=frozenset({4})))
    assert set(missed) < set(whole)
    assert len(whole) - len(missed) == 2


def test_a_strike_without_toe_off_is_no_stride() -> None:
    events = [e for e in steps(4) if not (e.kind is EventKind.TOE_OFF and e.side is Side.LEFT)]
    assert {s.side for s in pair_strides(events)} == {Side.RIGHT}


def test_nothing_gives_nothing() -> None:
    assert pair_strides([]) == ()


@given(st.sets(st.integers(0, 19)))
def test_strides_never_overlap_on_a_side_and_hold_their_toe_off(lost: set[int]) -> None:
    for side in Side:
        own = [s for s in pair_strides(steps(20, lost=frozenset(lost))) if s.side is side]
        for stride in own:
            assert stride.strike_s < stride.toe_off_s < stride.next_strike_s
        for before, after in itertools.pairwise(own):
            assert before.next_strike_s <= after.strike_s
