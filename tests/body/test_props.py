import numpy as np
from numpy.typing import NDArray

from hipwise.body.camera import Camera
from hipwise.body.held import painted
from hipwise.body.kinematics import forward
from hipwise.body.painting import paint
from hipwise.body.proportions import Body
from hipwise.body.props import with_props
from hipwise.body.raster import pixels_of
from hipwise.body.things import Block, Held, Strap, chair, table

Pixels = NDArray[np.uint8]

BODY = Body.of()
STANDING = forward(BODY, {})
CAMERA = Camera(px_per_m=150, width_px=240, height_px=320)
WALL = Block((-1.2, 0, -3), (-1.0, 3, 3), "#00ff00")


def picture(*blocks: Block, straps: tuple[Strap | Held, ...] = ()) -> Pixels:
    painting = paint(STANDING, CAMERA)
    return pixels_of(with_props(painting, STANDING, CAMERA, blocks, straps), "#ffffff")


def test_without_props_the_picture_is_the_same() -> None:
    np.testing.assert_array_equal(picture(), pixels_of(paint(STANDING, CAMERA), "#ffffff"))


def test_a_wall_fills_what_the_body_leaves_free() -> None:
    bare, walled = picture(), picture(WALL)
    free = (bare == 255).all(axis=2)
    free[290:] = False  # below the wall's foot
    red, green, _ = walled[free].T.astype(int)
    assert (green > red + 100).mean() > 0.99
    inside = ~free & (np.indices(free.shape)[0] < 290)
    assert (walled[inside] == bare[inside]).mean() > 0.95


def test_a_block_is_lit_from_above() -> None:
    above = Camera(elevation_deg=45, target_m=(0, 0.2, 0), px_per_m=150, width_px=240)
    bench = Block((0.6, 0.0, -0.3), (1.0, 0.4, 0.3), "#808080")
    painting = with_props(paint(STANDING, above), STANDING, above, (bench,))
    colours = painting.colours[:2].astype(int).sum(axis=1)
    assert colours.max() > colours.min()


def test_a_strap_runs_from_point_to_point_before_the_body() -> None:
    strap = Strap(("wrist_left", "mid_hip", "wrist_right"), "#0000ff")
    pixels = picture(straps=(strap,))
    (x, y), _ = CAMERA.project(STANDING.point("mid_hip")[0])
    near = pixels[round(y) - 3 : round(y) + 4, round(x) - 3 : round(x) + 4].reshape(-1, 3)
    assert (near == [0, 0, 255]).all(axis=1).any()


def test_a_chair_stands_around_its_seat() -> None:
    blocks = chair((-0.2, 0.0, -0.2), (0.2, 0.45, 0.2))
    corners = np.array([[b.low_m, b.high_m] for b in blocks])
    np.testing.assert_allclose(corners.min(axis=(0, 1)), [-0.2, 0.0, -0.2])
    assert corners[:, 1, 1].max() > 0.8
    assert sum(b.high_m == (0.2, 0.45, 0.2) for b in blocks) >= 1


def test_a_table_is_a_top_on_legs_with_room_under_it() -> None:
    blocks = table((-0.6, 0.0, -0.3), (0.6, 0.7, 0.3))
    corners = np.array([[b.low_m, b.high_m] for b in blocks])
    np.testing.assert_allclose(corners.min(axis=(0, 1)), [-0.6, 0.0, -0.3])
    np.testing.assert_allclose(corners.max(axis=(0, 1)), [0.6, 0.7, 0.3])
    under = (corners[:, 0] < [0.1, 0.5, 0.1]).all(axis=1) & (corners[:, 1] > 0.0).all(axis=1)
    assert not under.any()


def test_a_weight_in_the_far_hand_is_behind_the_body_and_in_the_near_hand_before_it() -> None:
    from_the_right = Camera(azimuth_deg=-90)
    far, near = (Held("dumbbell", (f"knuckles_{side}",)) for side in ("left", "right"))
    assert painted(far, STANDING, from_the_right)[1]
    assert not painted(near, STANDING, from_the_right)[1]


def test_a_dumbbell_lies_in_the_fist_along_the_way_ahead() -> None:
    from_the_right = Camera(azimuth_deg=-90, px_per_m=100)
    (polygons, _), _ = painted(Held("dumbbell", ("knuckles_right",)), STANDING, from_the_right)
    wide, high = np.ptp(polygons.reshape(-1, 2), axis=0)
    assert wide > 2 * high


def test_a_stick_reaches_beyond_both_hands() -> None:
    (polygons, _), _ = painted(Held("stick", ("knuckles_left", "knuckles_right")), STANDING, CAMERA)
    hands, _ = CAMERA.project([STANDING.point(f"knuckles_{s}")[0] for s in ("left", "right")])
    assert np.ptp(polygons[..., 0]) > np.ptp(hands[:, 0]) + 0.5 * CAMERA.px_per_m


def test_a_long_band_ends_at_its_anchor() -> None:
    band = Held("band", ("ankle_right",), (0.0, 0.1, 1.5))
    (polygons, _), behind = painted(band, STANDING, CAMERA)
    anchor, _ = CAMERA.project((0.0, 0.1, 1.5))
    assert np.abs(polygons.reshape(-1, 2) - anchor).max(axis=1).min() < 5
    assert not behind


def test_a_gauge_lies_on_the_limb_away_from_the_anchor_of_its_belt() -> None:
    ankle = STANDING.point("ankle_right")[0]
    for out in (-1, 1):
        gauge = Held("gauge", ("ankle_right",), (0.0, 0.14, ankle[2] + 0.5 * out))
        (polygons, colours), behind = painted(gauge, STANDING, CAMERA)
        (anchor, limb), _ = CAMERA.project([gauge.anchor_m, ankle])
        assert np.abs(polygons.reshape(-1, 2) - anchor).max(axis=1).min() < 3
        blue = colours[:, 2].astype(int) - colours[:, 0] > 50
        case = polygons[~blue].reshape(-1, 2).mean(axis=0)
        # Seen from the front, the right side of the body is on the left of the picture.
        assert (case[0] - limb[0]) * out > 0.03 * CAMERA.px_per_m
        assert not behind


def test_every_held_thing_changes_the_picture() -> None:
    things = (Held("ball", ("knee_left", "knee_right")), Held("slider", ("heel_right",)))
    cuff = Held("ankle_weight", ("ankle_right",))
    bands = (Held("mini_band", ("knee_left", "knee_right")), cuff)
    for thing in (*things, *bands):
        assert (picture() != picture(straps=(thing,))).any()
