"""A session as a FIT workout, for watches that lead through it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from hipwise.coaching import Step, StepKind, Timeline
from hipwise.knowledge import Library
from hipwise.measurement import Side
from hipwise.reporting.sections.routine import PHASE_WORDS

if TYPE_CHECKING:
    from fit_tool.profile.messages.workout_step_message import WorkoutStepMessage

NAME_LENGTH, NOTES_LENGTH = 40, 200
"""Longer names and notes are cut, since watches do not show them (chosen by us)."""


def to_fit(timeline: Timeline, library: Library, made_at: datetime) -> bytes:
    """Return the session as a FIT file of the type workout.

    Sets are steps with a time where they are held and with repetitions otherwise; getting ready,
    turning round and rests are rest steps with a time. Left and right stand in the step's name.
    """
    from fit_tool.fit_file_builder import FitFileBuilder
    from fit_tool.profile.messages.file_id_message import FileIdMessage
    from fit_tool.profile.messages.workout_message import WorkoutMessage
    from fit_tool.profile.profile_type import FileType, Manufacturer, Sport, SubSport

    about = FileIdMessage()
    about.type = FileType.WORKOUT
    about.manufacturer = Manufacturer.DEVELOPMENT.value
    about.product = 0
    about.time_created = round(made_at.timestamp() * 1000)
    about.serial_number = round(made_at.timestamp()) & 0x7FFFFFFF
    steps = list(_steps(timeline, library))
    workout = WorkoutMessage()
    workout.workout_name = f"Hips, {PHASE_WORDS[timeline.session.kind].partition(',')[0]}"
    workout.sport = Sport.TRAINING
    workout.sub_sport = SubSport.STRENGTH_TRAINING
    workout.num_valid_steps = len(steps)
    builder = FitFileBuilder(auto_define=True, min_string_size=50)
    builder.add_all([about, workout, *steps])
    return bytes(builder.build().to_bytes())


def _steps(timeline: Timeline, library: Library) -> Iterator[WorkoutStepMessage]:
    from fit_tool.profile.messages.workout_step_message import WorkoutStepMessage
    from fit_tool.profile.profile_type import Intensity, WorkoutStepDuration, WorkoutStepTarget

    for index, step in enumerate(timeline.steps):
        working = step.kind is StepKind.WORK
        message = WorkoutStepMessage()
        message.message_index = index
        message.workout_step_name = _name(step, library)[:NAME_LENGTH]
        message.intensity = Intensity.ACTIVE if working else Intensity.REST
        message.target_type = WorkoutStepTarget.OPEN
        message.target_value = 0
        if working and step.hold_s is None and step.reps is not None:
            message.duration_type = WorkoutStepDuration.REPS
            message.duration_reps = step.reps
        else:
            message.duration_type = WorkoutStepDuration.TIME
            message.duration_time = step.seconds
        if working:
            message.notes = ". ".join(library.exercise(step.exercise).cues)[:NOTES_LENGTH]
            _call(message, step.exercise, library)
        yield message


def _name(step: Step, library: Library) -> str:
    side = {Side.LEFT: " left", Side.RIGHT: " right", None: ""}[step.side]
    if step.kind is StepKind.TURN:
        return f"Switch to{side}"
    name = library.exercise(step.exercise).name
    if step.kind is StepKind.REST:
        return "Rest"
    return f"{name}{side}" if step.kind is StepKind.WORK else f"Next: {name}{side}"


def _call(message: WorkoutStepMessage, exercise: str, library: Library) -> None:
    """Give the step the watch's own name of the exercise, where there is one."""
    from fit_tool.profile import profile_type

    known = library.watch_names.get(exercise)
    if known is None:
        return
    names = f"{known.category.title().replace('_', '')}ExerciseName"
    message.exercise_category = profile_type.ExerciseCategory[known.category.upper()].value
    message.exercise_name = getattr(profile_type, names)[_as_member(known.name)].value


def _as_member(name: str) -> str:
    """Return the profile's spelling: a name cannot begin with a digit."""
    return f"N{name.upper()}" if name[0].isdigit() else name.upper()
