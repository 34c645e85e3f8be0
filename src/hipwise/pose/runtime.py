"""The inference runtime: a network with one input, run on two threads."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

THREADS = 2


class Network:
    """A TensorFlow Lite model held in LiteRT."""

    def __init__(self, model: bytes) -> None:
        """Load a model from the bytes of its `.tflite` file."""
        from ai_edge_litert.interpreter import Interpreter

        self._interpreter = Interpreter(model_content=model, num_threads=THREADS)
        self._interpreter.allocate_tensors()
        self._input = self._interpreter.get_input_details()[0]["index"]
        self._outputs = [output["index"] for output in self._interpreter.get_output_details()]

    def run(self, pixels: NDArray[np.float32]) -> list[NDArray[np.float32]]:
        """Return the outputs, without their batch axis, for one picture (H, W, 3)."""
        self._interpreter.set_tensor(self._input, pixels[None])
        self._interpreter.invoke()
        return [self._interpreter.get_tensor(index)[0] for index in self._outputs]
