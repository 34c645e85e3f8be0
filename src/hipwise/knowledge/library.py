"""The evidence base as one object: read from `content/`, checked, and asked by id."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from hipwise.errors import KnowledgeError
from hipwise.knowledge.checks import check
from hipwise.knowledge.exercises import Contraindication, Exercise, WatchName
from hipwise.knowledge.guidance import Guidance, Saying
from hipwise.knowledge.inferences import DirectionOfHip, Inference
from hipwise.knowledge.models import Metric, Setting, Source, Target
from hipwise.knowledge.norms import Norm, NormCurve, read_norms
from hipwise.knowledge.poses import FigurePoses
from hipwise.knowledge.protocols import Protocol, read_protocols
from hipwise.knowledge.reading import CONTENT, read_records
from hipwise.knowledge.red_flags import IntakeQuestion, RedFlag
from hipwise.knowledge.rules import Rule, RuleKind
from hipwise.knowledge.training import WeeklyDose

Item = TypeVar("Item")


@dataclass(frozen=True)
class Library:
    """Everything hipwise knows, each kind as `{id: record}`."""

    sources: Mapping[str, Source]
    metrics: Mapping[str, Metric]
    targets: Mapping[str, Target]
    weekly_doses: Mapping[str, WeeklyDose]
    norms: Mapping[str, Norm]
    norm_curves: Mapping[str, NormCurve]
    rules: Mapping[str, Rule]
    exercises: Mapping[str, Exercise]
    contraindications: Mapping[str, Contraindication]
    watch_names: Mapping[str, WatchName]
    exercise_poses: Mapping[str, FigurePoses]
    test_poses: Mapping[str, FigurePoses]
    settings: Mapping[str, Setting]
    protocols: Mapping[str, Protocol]
    intake: Mapping[str, IntakeQuestion]
    red_flags: Mapping[str, RedFlag]
    inferences: Mapping[str, Inference]
    directions: Mapping[str, DirectionOfHip]
    guidance: Mapping[str, Guidance]
    sayings: Mapping[str, Saying]

    def source(self, id: str) -> Source:
        """Return the source `id`; raises `KnowledgeError` where there is none."""
        return _get(self.sources, id, "source")

    def metric(self, id: str) -> Metric:
        """Return the metric `id`; raises `KnowledgeError` where there is none.

        A self-test is a metric too, and so is each further value of it, as `<test>.<value>`.
        """
        protocol = self.protocols.get(id.partition(".")[0])
        if protocol is not None and id in protocol.metrics:
            return protocol.metrics[id]
        return _get(self.metrics, id, "metric")

    def protocol(self, id: str) -> Protocol:
        """Return the self-test `id`; raises `KnowledgeError` where there is none."""
        return _get(self.protocols, id, "self-test")

    def target(self, id: str) -> Target:
        """Return the training target `id`; raises `KnowledgeError` where there is none."""
        return _get(self.targets, id, "training target")

    def weekly_dose(self, target: str) -> WeeklyDose:
        """Return how much of a training target a week should give."""
        return self.weekly_doses[self.target(target).dose]

    def rule(self, id: str) -> Rule:
        """Return the rule `id`; raises `KnowledgeError` where there is none."""
        return _get(self.rules, id, "rule")

    def reasoning(self, id: str) -> Rule | Inference:
        """Return the rule behind a finding; raises `KnowledgeError` where there is none."""
        rules: Mapping[str, Rule | Inference] = {**self.rules, **self.inferences}
        return _get(rules, id, "rule")

    def exercise(self, id: str) -> Exercise:
        """Return the exercise `id`; raises `KnowledgeError` where there is none."""
        return _get(self.exercises, id, "exercise")

    def contraindication(self, id: str) -> Contraindication:
        """Return what the tag `id` means; raises `KnowledgeError` where there is none."""
        return _get(self.contraindications, id, "contraindication tag")

    @property
    def asked_conditions(self) -> tuple[str, ...]:
        """Tags of the contraindications that a runner is asked for."""
        return tuple(id for id, each in self.contraindications.items() if not each.found)

    def setting(self, id: str) -> float:
        """Return a number of the reasoning; raises `KnowledgeError` where there is none."""
        return _get(self.settings, id, "setting").value

    @property
    def statements(self) -> tuple[Rule, ...]:
        """The rules that hold for every runner, such as that no measure predicts injury."""
        return tuple(r for r in self.rules.values() if r.kind is RuleKind.STATEMENT)

    def by_file(self) -> dict[str, Mapping[str, BaseModel]]:
        """All records by the file that holds them, in the order of their files or folders."""
        return {
            "metrics.yaml": self.metrics,
            "norms.yaml": {**self.norms, **self.norm_curves},
            "rules.yaml": self.rules,
            "exercises": self.exercises,
            "settings.yaml": self.settings,
            "weekly_doses.yaml": self.weekly_doses,
            "protocols": self.protocols,
            "red_flags.yaml": self.red_flags,
            "inferences": self.inferences,
            "guidance.yaml": self.guidance,
            "sayings.yaml": self.sayings,
        }

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
    library = Library(
        sources=read_records(folder / "sources.yaml", Source),
        metrics=read_records(folder / "metrics.yaml", Metric),
        targets=read_records(folder / "targets.yaml", Target),
        weekly_doses=read_records(folder / "weekly_doses.yaml", WeeklyDose),
        norms=norms,
        norm_curves=norm_curves,
        rules=read_records(folder / "rules.yaml", Rule),
        exercises=read_records(folder / "exercises", Exercise),
        contraindications=read_records(folder / "contraindications.yaml", Contraindication),
        watch_names=read_records(folder / "watch_names.yaml", WatchName, key="exercise"),
        exercise_poses=read_records(folder / "poses" / "exercises", FigurePoses, key="shows"),
        test_poses=read_records(folder / "poses" / "tests", FigurePoses, key="shows"),
        settings=read_records(folder / "settings.yaml", Setting),
        protocols=read_protocols(folder),
        intake=read_records(folder / "intake.yaml", IntakeQuestion),
        red_flags=read_records(folder / "red_flags.yaml", RedFlag),
        inferences=read_records(folder / "inferences", Inference),
        directions=read_records(folder / "directions.yaml", DirectionOfHip),
        guidance=read_records(folder / "guidance.yaml", Guidance),
        sayings=read_records(folder / "sayings.yaml", Saying),
    )
    check(library)
    return library
