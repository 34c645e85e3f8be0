"""The beeps of a session as samples."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from hipwise.coaching.timeline import Timeline

RATE_HZ = 24_000
LOUDNESS, FADE_S = 0.5, 0.01
"""How loud a beep is (of 1); how long it swells and fades, so that it has no click (chosen)."""


def tones(timeline: Timeline) -> NDArray[np.float32]:
    """Return the sound (N,) of the whole session at `RATE_HZ`, between -1 and 1."""
    sound = np.zeros(round(timeline.seconds * RATE_HZ), dtype=np.float32)
    for beep in timeline.beeps:
        count = round(beep.seconds * RATE_HZ)
        time_s = np.arange(count) / RATE_HZ
        swell = np.minimum(1.0, np.minimum(time_s, time_s[::-1]) / FADE_S)
        tone = LOUDNESS * swell * np.sin(2 * np.pi * beep.pitch_hz * time_s)
        start = round(beep.at_s * RATE_HZ)
        room = sound[start : start + count]
        room += tone[: len(room)].astype(np.float32)
    return sound
