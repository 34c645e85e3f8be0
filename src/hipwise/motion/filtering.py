"""Zero-lag Butterworth low-pass, with the cut-off corrected for its two passes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hipwise.motion.gaps import finite_runs

PASSES = 2
ORDER_PER_PASS = 2


@dataclass(frozen=True)
class ZeroLagButterworth:
    """Second-order Butterworth, run forwards and backwards (fourth order, no phase lag).

    `cutoff_hz` is the **effective** -3 dB frequency after both passes: the single-pass filter is
    designed at cutoff / (2^(1/passes) - 1)^(1/(2 order)) (Winter 2009; Robertson & Dowling 2003).
    """

    cutoff_hz: float

    @property
    def design_hz(self) -> float:
        """Cut-off of the single pass that gives `cutoff_hz` after two."""
        return float(self.cutoff_hz / (2 ** (1 / PASSES) - 1) ** (1 / (2 * ORDER_PER_PASS)))

    def apply(
        self, time_s: NDArray[np.float64], values: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """Filter `values` (T, ...) sampled at `time_s` (T,); NaN stays NaN and parts are apart.

        The filter needs even steps: uneven time stamps (a variable frame rate) are interpolated to
        even ones and the result is read back at the recording's own times. A stretch too short to
        filter is left as it is. Where the cut-off lies above the Nyquist frequency nothing is
        removed.
        """
        columns = values.reshape(len(values), -1).copy()
        for column in columns.T:
            for run in finite_runs(column):
                column[run] = self._filtered(time_s[run], column[run])
        return columns.reshape(values.shape)

    def _filtered(self, t: NDArray[np.float64], x: NDArray[np.float64]) -> NDArray[np.float64]:
        from scipy.signal import butter, sosfiltfilt

        if len(x) < 3 * (2 * ORDER_PER_PASS + 1):
            return x
        step = float(np.median(np.diff(t)))
        if self.design_hz >= 0.5 / step:
            return x
        sos = butter(ORDER_PER_PASS, self.design_hz, fs=1 / step, output="sos")
        even = np.arange(round((t[-1] - t[0]) / step) + 1) * step + t[0]
        if len(even) == len(t) and np.max(np.abs(even - t)) < 0.02 * step:
            return np.asarray(sosfiltfilt(sos, x), dtype=np.float64)
        return np.interp(t, even, sosfiltfilt(sos, np.interp(even, t, x)))
