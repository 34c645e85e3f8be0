"""The tries of one side by the test's own rule: when they are all there, and what they come to."""

from __future__ import annotations

from statistics import fmean, median

from hipwise.knowledge.models import Better, Unit
from hipwise.knowledge.protocols import Protocol

Tries = tuple[float, ...]


def are_complete(tries: Tries, protocol: Protocol, *, filmed: bool = False) -> bool:
    """Whether no try is missing: all are there, or the last held as long as the clock runs.

    Of what was `filmed` one reading is enough: it looks at the whole film.
    """
    if filmed:
        return bool(tries)
    longest_s = protocol.timer.seconds if protocol.timer.kind == "stopwatch" else None
    held_out = bool(tries) and longest_s is not None and tries[-1] >= longest_s
    return held_out or len(tries) >= protocol.trials.count


def that_count(tries: Tries, protocol: Protocol) -> Tries:
    """Return the tries that count: where a test was done again, those done last."""
    return tries[-protocol.trials.count :]


def spread_too_wide(tries: Tries, protocol: Protocol) -> float | None:
    """Return how far the tries that count lie apart where that is too far, otherwise None."""
    used, allowed = that_count(tries, protocol), protocol.trials.redo_if_spread_over
    if allowed is None or not used:
        return None
    apart = max(used) - min(used)
    return apart if apart > allowed else None


def come_to(id: str, tries: Tries, protocol: Protocol) -> float:
    """Return what the tries of the value `id` come to by the test's rule.

    Of what is noticed beside the test's own value, such as pain, the worst counts: a single yes is
    a yes (chosen by us).
    """
    value, rule = protocol.recorded[id], protocol.trials.aggregate
    noticed = id != protocol.id and value.unit in {Unit.YES_NO, Unit.LEVEL}
    return aggregate(tries, "worst" if noticed else rule, value.better)


def aggregate(tries: Tries, rule: str, better: Better) -> float:
    """Return what `tries` come to: their mean or median, or the best or worst of them."""
    if rule == "mean":
        return fmean(tries)
    if rule == "median":
        return median(tries)
    key = abs if better is Better.NEAR_ZERO else float
    highest_is_best = better in {Better.HIGHER, Better.NONE}
    return (max if (rule == "best") == highest_is_best else min)(tries, key=key)
