"""The evidence base as one object: read from `content/`, checked, and asked by id."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from hipwise.errors import KnowledgeError
from hipwise.knowledge.models import Metric, Norm, NormCurve, Source, Target
from hipwise.knowledge.norms import read_norms
from hipwise.knowledge.reading import read_records

CONTENT = Path(__file__).parent / "content"

Item = TypeVar("Item")


@dataclass(frozen=True)
class Library:
    """Everything hipwise knows, each kind as `{id: record}`."""

    sources: Mapping[str, Source]
    metrics: Mapping[str, Metric]
    targets: Mapping[str, Target]
    norms: Mapping[str, Norm]
    norm_curves: Mapping[str, NormCurve]

    def source(self, id: str) -> Source:
        """Return the source `id`; raises `KnowledgeError` where there is none."""
        return _get(self.sources, id, "source")

    def metric(self, id: str) -> Metric:
        """Return the metric `id`; raises `KnowledgeError` where there is none."""
        return _get(self.metrics, id, "metric")

    def target(self, id: str) -> Target:
        """Return the training target `id`; raises `KnowledgeError` where there is none."""
        return _get(self.targets, id, "training target")

    def norm(self, metric: str) -> Norm | None:
        """Return the norm of the same quantity as `metric`, or None where none is known."""
        name = self.metric(metric).norm
        return self.norms[name] if name is not None else None

    def norm_curve(self, angle: str) -> NormCurve | None:
        """Return the norm band of exactly this `angle` over the gait cycle, or None.

        `hip_flexion` is the thigh against the pelvis: there is none for `thigh_flexion` or
        `hip_flexion_to_trunk`, and the one must not stand in for the other.
        """
        return self.norm_curves.get(angle)


def _get(records: Mapping[str, Item], id: str, kind: str) -> Item:
    try:
        return records[id]
    except KeyError:
        msg = f"There is no {kind} '{id}' in the built-in evidence."
        raise KnowledgeError(msg) from None


@lru_cache(maxsize=1)
def load() -> Library:
    """Return the built-in evidence, read and checked once; raises `KnowledgeError`."""
    return read(CONTENT)


def read(folder: Path) -> Library:
    """Read and check the evidence in `folder`.

    Raises `KnowledgeError`, naming file, id and field, at the first thing that is wrong.
    """
    norms, norm_curves = read_norms(folder)
    return Library(
        sources=read_records(folder / "sources.yaml", Source),
        metrics=read_records(folder / "metrics.yaml", Metric),
        targets=read_records(folder / "targets.yaml", Target),
        norms=norms,
        norm_curves=norm_curves,
    )
