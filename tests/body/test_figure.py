from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import replace

import numpy as np
import numpy.testing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hipwise.body.angles import mirrored
from hipwise.body.camera import Camera
from hipwise.body.figure import draw, group
from hipwise.body.kinematics import Skeleton, forward
from hipwise.body.painting import Appearance, paint
from hipwise.body.proportions import Body
from hipwise.body.raster import pixels_of, pixels_of_svg, rgba_of
from hipwise.body.shape import COARSE
from hipwise.errors import UsageError

BODY = Body.of(1.75, 68.0)
RUNNING = {
    **{"pelvic_anterior_tilt": 8.0, "pelvic_right_drop": 5.0, "lumbar_left_rotation": 10.0},
    **{"hip_flexion_right": 40.0, "knee_flexion_right": 60.0, "hip_flexion_left": -12.0},
    **{"knee_flexion_left": 30.0, "shoulder_flexion_left": 40.0, "elbow_flexion_left": 90.0},
    **{"shoulder_flexion_right": -40.0, "elbow_flexion_right": 90.0},
}


def runner() -> Skeleton:
    return forward(BODY, RUNNING)


def fitted(azimuth_deg: float, elevation_deg: float = 5.0) -> Camera:
    start = Camera(azimuth_deg, elevation_deg, distance_m=4.0, width_px=240, height_px=320)
    return start.fitted(runner().points, 1.75)


def test_the_same_pose_gives_the_same_svg() -> None:
    assert draw(runner(), fitted(30)) == draw(runner(), fitted(30))


def test_the_svg_is_well_formed_and_of_the_cameras_size() -> None:
    root = ET.fromstring(draw(runner(), fitted(90), backdrop='<rect width="9" height="9"/>'))
    assert root.attrib["viewBox"] == "0 0 240 320"
    assert [child.tag.rpartition("}")[2] for child in root] == ["rect", "g"]


@settings(max_examples=25, deadline=None)
@given(azimuth_deg=st.floats(-180, 180), elevation_deg=st.floats(-85, 85))
def test_a_fitted_figure_stays_inside_the_picture(azimuth_deg: float, elevation_deg: float) -> None:
    camera = fitted(azimuth_deg, elevation_deg)
    polygons = paint(runner(), camera, detail=COARSE).polygons_px
    assert (polygons > 0).all()
    assert (polygons < [240, 320]).all()


def test_the_mirrored_pose_from_the_mirrored_side_is_the_mirrored_picture() -> None:
    light = Appearance().light
    other_light = Appearance(light=(-light[0], light[1], light[2]))
    camera = Camera(35.0, 10.0, width_px=240, height_px=320, px_per_m=150.0)
    twin = replace(camera, azimuth_deg=-35.0)
    one = pixels_of(paint(runner(), camera))
    two = pixels_of(paint(forward(BODY, mirrored(RUNNING)), twin, other_light))
    apart = np.abs(one.astype(int) - two[:, ::-1].astype(int)).max(axis=2)
    # The edges of polygons fall a fraction of a pixel apart.
    assert np.mean(apart > 40) < 0.01
    assert np.mean(np.any(one != 255, axis=2)) > 0.1


def test_svg_and_frame_are_the_same_picture() -> None:
    camera = fitted(140)
    svg = pixels_of_svg(draw(runner(), camera, shadow=True)).astype(int)
    frame = pixels_of(paint(runner(), camera, shadow=True)).astype(int)
    assert svg.shape == frame.shape == (320, 240, 3)
    apart = np.abs(svg - frame).max(axis=2)
    assert np.mean(apart > 48) < 0.02
    assert abs(svg.mean() - frame.mean()) < 1.5


def test_the_near_arm_hides_the_body_and_the_far_one_does_not() -> None:
    look = Appearance(skin="#ff0000", shirt="#0000ff", shorts="#0000ff")
    arm_out = forward(BODY, {"shoulder_flexion_left": 0.0})
    camera = Camera(90, 0, px_per_m=180.0)
    frame = pixels_of(paint(arm_out, camera, look)).astype(int)
    wrist = camera.project(arm_out.point("elbow_left")[0])[0].astype(int)
    red, _, blue = frame[wrist[1] + 12, wrist[0]]
    assert red > blue + 50
    without = pixels_of(paint(forward(BODY, {"shoulder_flexion_left": 180.0}), camera, look))
    red, _, blue = without[wrist[1] + 12, wrist[0]].astype(int)
    assert blue > red + 50


def test_a_glow_colours_the_joint_and_leaves_the_head_as_it_was() -> None:
    camera = fitted(0)
    plain, lit = (
        pixels_of(paint(runner(), camera, glow=glow)).astype(int)
        for glow in (None, {"hip_left": 1.0})
    )
    changed = np.abs(plain - lit).max(axis=2) > 15
    hip = camera.project(runner().point("hip_left")[0])[0].astype(int)
    nose = camera.project(runner().point("nose")[0])[0].astype(int)
    assert changed[hip[1], hip[0]]
    assert not changed[nose[1] - 10 : nose[1] + 10, nose[0] - 10 : nose[0] + 10].any()


def test_a_shadow_darkens_the_floor_under_a_standing_foot_only() -> None:
    standing = forward(BODY, {})
    camera = Camera(0, 30, px_per_m=150.0)
    flying = standing.moved((0.0, 1.0, 0.0))
    assert paint(standing, camera, shadow=True).shadow
    assert not paint(flying, camera, shadow=True).shadow
    bare = pixels_of(paint(standing, camera)).astype(int)
    shaded = pixels_of(paint(standing, camera, shadow=True)).astype(int)
    assert (shaded <= bare + 2).all()
    assert np.sum(shaded < bare - 10) > 100


def test_colours_are_those_of_the_appearance() -> None:
    used = paint(runner(), fitted(0), Appearance(shirt="#00ff00")).colours.astype(int)
    green = (used[:, 1] > 100) & (used[:, 0] < 90) & (used[:, 2] < 90)
    assert green.sum() > 100


def test_a_group_can_stand_in_any_drawing() -> None:
    part = group(paint(runner(), fitted(0), detail=COARSE))
    assert part.startswith('<g transform="scale(.1)">')
    assert re.fullmatch(r"[-MlzM 0-9]*", re.findall(r' d="([^"]*)"', part)[0])


def test_a_coarse_svg_is_less_than_half_as_long() -> None:
    fine, coarse = draw(runner(), fitted(0)), draw(runner(), fitted(0), detail=COARSE)
    assert len(coarse) < 0.5 * len(fine)


def test_a_frame_lies_over_its_backdrop() -> None:
    painting = paint(runner(), fitted(0))
    backdrop = np.full((320, 240, 3), [10, 200, 30], np.uint8)
    frame = pixels_of(painting, backdrop)
    npt.assert_array_equal(frame[2, 2], [10, 200, 30])
    assert (backdrop == [10, 200, 30]).all()
    cut_out = rgba_of(painting)
    assert cut_out.shape == (320, 240, 4)
    assert cut_out[2, 2, 3] == 0
    npt.assert_array_equal(frame[cut_out[..., 3] == 0], backdrop[cut_out[..., 3] == 0])


def test_a_figure_outside_the_picture_leaves_it_empty() -> None:
    painting = paint(runner(), Camera(target_m=(0.0, 60.0, 0.0)))
    assert (pixels_of(painting, "#123456") == [0x12, 0x34, 0x56]).all()


def test_what_cannot_be_drawn_is_said() -> None:
    with pytest.raises(UsageError, match="one instant"):
        paint(forward(BODY, {"hip_flexion_left": [0.0, 1.0]}), fitted(0))
    with pytest.raises(UsageError, match="not a colour"):
        paint(runner(), fitted(0), Appearance(skin="red"))
    with pytest.raises(UsageError, match="no point named 'hip'"):
        paint(runner(), fitted(0), glow={"hip": 1.0})
    with pytest.raises(UsageError, match="240 by 320"):
        pixels_of(paint(runner(), fitted(0)), np.zeros((5, 5, 3), np.uint8))
    with pytest.raises(UsageError, match="cannot be drawn"):
        pixels_of_svg("<svg")
