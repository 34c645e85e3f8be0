"""The moving figures of the exercises and the self-tests, as a body on a floor sees them."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import numpy as np
import pytest
from numpy.typing import NDArray

from hipwise.body.angles import ANGLE_KEYS, angle_of
from hipwise.body.kinematics import Skeleton
from hipwise.body.movement import clearance_m
from hipwise.body.proportions import Body
from hipwise.body.shape import COARSE, surface
from hipwise.knowledge import load
from hipwise.knowledge.exercises import Exercise, Position
from hipwise.knowledge.poses import FigurePoses, Frame, Prop

Array = NDArray[np.float64]

BODY = Body.of(1.75, 68.0)
EXERCISES = load().exercises.values()
STEPS = 60
FURNITURE = {"wall", "chair", "table", "step", "stick"}
"""What a self-test is done on, against or with; what it is measured with is not drawn."""


@dataclass(frozen=True, eq=False)
class Shown:
    """An exercise or a self-test with its moving figure, and what the figure has to show."""

    name: str
    poses: FigurePoses
    sided: bool
    needs: frozenset[str]
    travels: bool = False


def everything_shown() -> Iterable[Shown]:
    library = load()
    for id, poses in library.exercise_poses.items():
        exercise = library.exercises[id]
        travels = exercise.position is Position.WALKING
        needs = frozenset[str](exercise.equipment)
        yield Shown(f"exercise {id}", poses, exercise.unilateral, needs, travels)
    for id, poses in library.test_poses.items():
        protocol = library.protocol(id)
        needs = frozenset(FURNITURE.intersection(protocol.equipment))
        yield Shown(f"test {id}", poses, protocol.sided, needs)


SHOWN = {shown.name: shown for shown in everything_shown()}
every_exercise = pytest.mark.parametrize("exercise", EXERCISES, ids=lambda e: e.id)
every_figure = pytest.mark.parametrize("shown", SHOWN.values(), ids=SHOWN)


@cache
def played(shown: Shown) -> tuple[Skeleton, Array]:
    """One loop of a figure and its times; the last instant is the first one's again."""
    movement = shown.poses.movement
    time_s = np.linspace(0.0, movement.seconds, STEPS + 1)
    return movement.played(BODY, time_s), time_s


def held_between(poses: FigurePoses, time_s: Array) -> list[tuple[str, NDArray[np.intp]]]:
    """Every point that two neighbouring poses share, with the instants from one to the other."""
    frames, arrivals = poses.frames, (*poses.movement.arrivals_s, poses.movement.seconds)
    return [
        (point, np.flatnonzero((time_s >= arrivals[k]) & (time_s <= arrivals[k + 1])))
        for k, frame in enumerate(frames)
        for point in frame.contacts
        if point in frames[(k + 1) % len(frames)].contacts
    ]


@every_figure
def test_every_figure_moves(shown: Shown) -> None:
    first = shown.poses.frames[0].angles
    moved = {
        name
        for frame in shown.poses.frames[1:]
        for name in ANGLE_KEYS
        if abs(frame.angles.get(name, 0.0) - first.get(name, 0.0)) > 5
    }
    assert moved


@every_figure
def test_angles_are_known_and_within_reach_all_the_way(shown: Shown) -> None:
    movement = shown.poses.movement
    for name, values in movement.angles_at(np.linspace(0, movement.seconds, 100)).items():
        angle, _ = angle_of(name)
        assert angle.low_deg <= values.min() <= values.max() <= angle.high_deg, name


@every_figure
def test_nothing_goes_through_the_floor_or_what_stands_on_it(shown: Shown) -> None:
    skeleton, _ = played(shown)
    carriers = shown.poses.movement.carriers
    flesh = surface(BODY, COARSE).posed(skeleton)
    assert clearance_m(flesh, carriers).min() > -0.01
    # And the floor is reached, unless the body jumps.
    if not any(frame.lift_m for frame in shown.poses.frames):
        assert clearance_m(flesh, carriers).max() < 0.01


@every_figure
def test_contacts_rest_on_what_is_under_them(shown: Shown) -> None:
    movement = shown.poses.movement
    skeleton = movement.key_poses(BODY)
    flesh = surface(BODY, COARSE).posed(skeleton)
    for frame, instant, points in zip(shown.poses.frames, skeleton, flesh, strict=True):
        for name in frame.contacts:
            away = np.linalg.norm((points - instant.point(name)[0])[:, [0, 2]], axis=1)
            gap_m = clearance_m(points[away < 0.08][None], movement.carriers)[0]
            assert gap_m < 0.025, f"{name} floats {gap_m:.3f} m up in '{frame.name}'"


@every_figure
def test_contacts_stay_where_they_are(shown: Shown) -> None:
    if shown.travels:
        return
    skeleton, time_s = played(shown)
    for point, instants in held_between(shown.poses, time_s):
        path = skeleton.point(point)[instants]
        slid_m = np.linalg.norm((path - path[0])[:, [0, 2]], axis=1).max()
        assert slid_m < 0.03, f"{point} slides {slid_m:.3f} m"
        assert np.abs(path[:, 1] - path[0, 1]).max() < 0.03, f"{point} lifts off"


def test_a_walking_foot_goes_back_as_steadily_as_a_treadmill() -> None:
    lunge = SHOWN["exercise walking_lunge"]
    skeleton, time_s = played(lunge)
    speeds = []
    for point, instants in held_between(lunge.poses, time_s):
        x = skeleton.point(point)[instants, 0]
        speeds.append(np.polyfit(time_s[instants], x, 1)[0])
        straight = np.polyval(np.polyfit(time_s[instants], x, 1), time_s[instants])
        assert np.abs(x - straight).max() < 0.03
    assert max(speeds) < -0.2
    assert max(speeds) - min(speeds) < 0.05


@every_figure
def test_a_loop_ends_where_it_began(shown: Shown) -> None:
    skeleton, _ = played(shown)
    np.testing.assert_allclose(skeleton.points[-1], skeleton.points[0], atol=1e-6)


@every_figure
def test_one_side_is_shown_of_what_has_sides(shown: Shown) -> None:
    """Or both in turn: then the second half of the loop mirrors the first."""
    if not shown.sided:
        assert not shown.poses.mirrored
    elif not shown.poses.mirrored:
        skeleton, _ = played(shown)
        half = STEPS // 2
        left, right = skeleton.point("knee_left"), skeleton.point("knee_right")
        np.testing.assert_allclose(left[:half, 1], right[half:-1, 1], atol=0.01)


@every_figure
def test_what_is_needed_is_drawn(shown: Shown) -> None:
    drawn = {prop.kind for prop in shown.poses.props} | {thing.kind for thing in shown.poses.held}
    # The side hold's foot lies on a bench, which a steady chair may stand in for.
    drawn |= {"chair"} if "bench" in drawn else set()
    assert shown.needs <= drawn | ({"strap"} if shown.poses.strap else set())


@every_exercise
def test_a_repetition_keeps_its_tempo(exercise: Exercise) -> None:
    if exercise.dose.tempo is None or exercise.position is Position.WALKING:
        return
    loop_s = load().exercise_poses[exercise.id].movement.seconds
    repetitions = loop_s / exercise.dose.rep_s
    assert repetitions == pytest.approx(round(repetitions))


def world_tilt_deg(exercise: str, frame: int, segment: str) -> float:
    """How far a segment's long axis leans forward from the vertical."""
    skeleton = load().exercise_poses[exercise].movement.key_poses(BODY)
    up = skeleton.rotations[segment][frame][:, 1]
    return float(np.degrees(np.arctan2(up[0], up[1])))


def test_the_bridge_ends_straight_from_knee_to_shoulder_with_knees_bent_square() -> None:
    poses = load().exercise_poses["glute_bridge"]
    up = poses.movement.key_poses(BODY).at(1)
    knee, hip, shoulder = (up.point(n)[0] for n in ("knee_right", "hip_right", "shoulder_right"))
    thigh, trunk = (knee - hip)[:2], (hip - shoulder)[:2]
    bend = np.degrees(np.arccos(thigh @ trunk / np.linalg.norm(thigh) / np.linalg.norm(trunk)))
    assert bend < 12
    assert poses.frames[1].angles["knee_flexion_right"] == pytest.approx(90, abs=5)


@pytest.mark.parametrize("exercise", ["half_kneeling_rock", "hip_flexor_stretch"])
def test_half_kneeling_stretches_the_hip_and_not_the_back(exercise: str) -> None:
    poses = load().exercise_poses[exercise]
    assert all(frame.angles["pelvic_anterior_tilt"] < 0 for frame in poses.frames)
    # The thigh's long axis points up and, behind the vertical, forwards.
    assert world_tilt_deg(exercise, 0, "thigh_right") == pytest.approx(0, abs=3)
    assert world_tilt_deg(exercise, 1, "thigh_right") > 15
    assert abs(world_tilt_deg(exercise, 1, "thorax")) < 5


def test_the_side_lying_pelvis_stays_stacked_with_the_toes_ahead() -> None:
    skeleton = load().exercise_poses["side_lying_hip_abduction"].movement.key_poses(BODY)
    for instant in skeleton:
        across = instant.point("hip_right")[0] - instant.point("hip_left")[0]
        np.testing.assert_allclose(across / np.linalg.norm(across), [0, 1, 0], atol=0.02)
        assert instant.rotations["foot_right"][0][:, 0][1] < 0.2
    lifted = skeleton.point("ankle_right")[:, 1]
    assert lifted[1] - lifted[0] > 0.35


def test_the_hinge_keeps_a_straight_back_and_a_level_pelvis() -> None:
    poses = load().exercise_poses["single_leg_deadlift"]
    end = poses.frames[1].angles
    assert abs(end.get("lumbar_flexion", 0.0)) < 3
    skeleton = poses.movement.key_poses(BODY).at(1)
    assert abs(skeleton.point("hip_left")[0, 1] - skeleton.point("hip_right")[0, 1]) < 0.01
    assert world_tilt_deg("single_leg_deadlift", 1, "thorax") > 60


def test_a_name_without_side_holds_for_both() -> None:
    frame = Frame(name="a", seconds=1, angles={"knee_flexion": 20, "neck_flexion": 5})
    assert frame.angles == {"knee_flexion_left": 20, "knee_flexion_right": 20, "neck_flexion": 5}


@pytest.mark.parametrize(
    ("angles", "contacts", "reason"),
    [
        ({"knee_flexion": 20, "knee_flexion_left": 10}, (), "stands twice"),
        ({"knee_bend": 20}, (), "no joint angle named 'knee_bend'"),
        ({"knee_flexion": 200}, (), "a body reaches -15 to 165"),
        ({}, ("elbow",), "no point named 'elbow'"),
    ],
)
def test_a_pose_no_body_can_take_is_refused(
    angles: dict[str, float], contacts: tuple[str, ...], reason: str
) -> None:
    with pytest.raises(ValueError, match=reason):
        Frame(name="a", seconds=1, angles=angles, contacts=contacts)


def test_a_prop_inside_out_is_refused() -> None:
    with pytest.raises(ValueError, match="below high_m"):
        Prop(kind="step", low_m=(0, 0.2, 0), high_m=(1, 0, 1))
