"""The inference runtime: one network in LiteRT."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import numpy as np
from numpy.typing import NDArray

from hipwise.errors import WeightsMissing

THREADS = 2
"""More give no gain with networks this small (measured on two cores; see docs/pose.md)."""


class Network:
    """A TensorFlow Lite model with one picture as input, held in LiteRT."""

    def __init__(self, model: bytes, outputs: Sequence[tuple[int, ...]]) -> None:
        """Load a model from the bytes of its `.tflite` file; `outputs` are the shapes wanted.

        Raises WeightsMissing where the bytes are no model, or a model without these outputs.
        """
        from ai_edge_litert.interpreter import Interpreter

        try:
            with _quiet_stderr():
                self._interpreter = Interpreter(model_content=model, num_threads=THREADS)
                self._interpreter.allocate_tensors()
            shapes = {
                tuple(int(size) for size in output["shape"][1:]): int(output["index"])
                for output in self._interpreter.get_output_details()
            }
            self._outputs = [shapes[shape] for shape in outputs]
        except (ValueError, RuntimeError, KeyError) as error:
            raise WeightsMissing(
                "The pose weights given are not those of BlazePose; run "
                "`hipwise doctor --fetch-weights`."
            ) from error
        self._input = int(self._interpreter.get_input_details()[0]["index"])

    def run(self, pixels: NDArray[np.float32]) -> list[NDArray[np.float32]]:
        """Return the outputs wanted, without their batch axis, for one picture (H, W, 3)."""
        self._interpreter.set_tensor(self._input, pixels[None])
        self._interpreter.invoke()
        return [self._interpreter.get_tensor(index)[0] for index in self._outputs]


@contextmanager
def _quiet_stderr() -> Iterator[None]:
    """Silence LiteRT's greeting: it comes from C++, has no switch, and spoils a progress bar."""
    try:
        kept = os.dup(2)
    except OSError:
        yield
        return
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(silence)
        os.close(kept)
