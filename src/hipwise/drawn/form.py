"""How the drawn runner runs: everything that can be set, with its unit."""

from __future__ import annotations

from dataclasses import dataclass

from hipwise.errors import UsageError


@dataclass(frozen=True)
class Legs:
    """One value for each leg."""

    left: float
    right: float

    @classmethod
    def both(cls, value: float) -> Legs:
        """Return the same value on both sides."""
        return cls(value, value)


@dataclass(frozen=True)
class RunningForm:
    """Settings of the running motion; the defaults are an even, ordinary recreational runner.

    `extension_change_deg` adds to how far the thigh goes back (negative: less extension than the
    norm curve). `pelvic_drop_deg` is the peak drop of the swing side while this leg stands.
    `crossover_deg` turns the standing leg inwards of its usual line. `trunk_side_lean_deg` is the
    trunk's peak lean towards the standing leg. `knee_in_deg` turns the standing thigh inwards.
    `variability_percent` is the coefficient of variation of the stride time.
    """

    cadence_per_min: float = 170.0
    contact_s: Legs = Legs(0.26, 0.26)
    trunk_forward_lean_deg: float = 9.0
    pelvic_tilt_deg: float = 7.0
    extension_change_deg: Legs = Legs(0.0, 0.0)
    knee_at_contact_change_deg: Legs = Legs(0.0, 0.0)
    pelvic_drop_deg: Legs = Legs(4.0, 4.0)
    crossover_deg: Legs = Legs(0.0, 0.0)
    trunk_side_lean_deg: Legs = Legs(2.0, 2.0)
    knee_in_deg: Legs = Legs(0.0, 0.0)
    variability_percent: float = 1.0
    seed: int = 0

    def __post_init__(self) -> None:
        """Refuse what is no running: too slow or fast a rhythm, no flight."""
        if not 120 <= self.cadence_per_min <= 240:
            raise UsageError("The drawn runner's cadence must lie between 120 and 240 a minute.")
        step_s = 60 / self.cadence_per_min
        if not all(
            0.1 <= contact < step_s for contact in (self.contact_s.left, self.contact_s.right)
        ):
            raise UsageError(
                "The drawn runner's contact time must be at least 0.1 s and shorter than a step."
            )

    @property
    def stride_s(self) -> float:
        """Mean stride time."""
        return 120 / self.cadence_per_min
