"""The moving figures of exercises and self-tests: key poses in joint angles, props, the camera."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pydantic import Field, field_validator, model_validator

from hipwise.body.angles import ANGLE_KEYS, ANGLES, angle_of
from hipwise.body.segments import POINT_NAMES
from hipwise.body.things import Block, Held, Strap, Thing, chair, table
from hipwise.knowledge.models import Record

if TYPE_CHECKING:
    from hipwise.body.movement import Movement

Point = tuple[float, float, float]

_COLOURS = {
    "wall": "#fcfcfd",
    "step": "#b9a48a",
    "cushion": "#8fa9c4",
    "bench": "#6b7380",
    "bed": "#b7c3d4",
    "door_frame": "#c9b79c",
    "anchor": "#7d8590",
    "tape": "#d8b23c",
}
_CARRIERS = {"step", "cushion", "bench", "bed", "table"}
_ON_LEGS = {"chair": chair, "table": table}


class Camera(Record):
    """From where the moving figure is seen, as in `body.camera`.

    Azimuth 0 stands in front of it, 90 on its left side, 180 behind, -90 on its right side.
    """

    azimuth_deg: float = Field(ge=-360, le=360)
    elevation_deg: float = Field(ge=-90, le=90)


class Frame(Record):
    """One key pose: joint angles (deg, names of `body.angles`) reached after `seconds`.

    A sided angle without `_left` or `_right` holds for both sides; one not given is 0. The pose
    is kept for `hold_s`. `contacts` are the points of the body that rest on the floor or a prop;
    those that two neighbouring frames share do not move between them. In a jump, `lift_m` is how
    high the lowest point of the body is above the floor, and `travel_m` how far forward the body
    flies on the way to this pose.
    """

    name: str
    seconds: float = Field(gt=0)
    hold_s: float = Field(default=0.0, ge=0)
    angles: dict[str, float]
    contacts: tuple[str, ...] = ()
    lift_m: float = Field(default=0.0, ge=0)
    travel_m: float = 0.0

    @field_validator("angles")
    @classmethod
    def _both_sides_written_out(cls, angles: dict[str, float]) -> dict[str, float]:
        written: dict[str, float] = {}
        for name, value_deg in angles.items():
            keys = next((angle.keys for angle in ANGLES if angle.name == name), (name,))
            for key in keys:
                if key in written:
                    msg = f"'{key}' stands twice"
                    raise ValueError(msg)
                written[key] = value_deg
        return written

    @model_validator(mode="after")
    def _body_can_do_it(self) -> Frame:
        for key, value_deg in self.angles.items():
            if key not in ANGLE_KEYS:
                msg = f"there is no joint angle named '{key}'"
                raise ValueError(msg)
            angle, _ = angle_of(key)
            if not angle.low_deg <= value_deg <= angle.high_deg:
                reach = f"{angle.low_deg:g} to {angle.high_deg:g}"
                msg = f"'{key}' is {value_deg:g} degrees, a body reaches {reach}"
                raise ValueError(msg)
        _points_known(self.contacts)
        return self


class Prop(Record):
    """A thing used in the movement: a box from `low_m` to `high_m` (X, Y, Z).

    The origin is on the floor amid the contacts of the first frame; the figure is 1.75 m tall. A
    chair is the box under its seat. A body can stand, kneel, sit or lie on a step, a cushion, a
    bench, a bed and a table.
    """

    kind: Literal[
        "wall", "chair", "step", "cushion", "bench", "bed", "table", "door_frame", "anchor", "tape"
    ]
    low_m: Point
    high_m: Point

    @model_validator(mode="after")
    def _has_a_size(self) -> Prop:
        if any(low >= high for low, high in zip(self.low_m, self.high_m, strict=True)):
            msg = "low_m must lie below high_m on every axis"
            raise ValueError(msg)
        return self

    @property
    def carries(self) -> bool:
        """Whether the body rests on top of it."""
        return self.kind in _CARRIERS

    @property
    def corners(self) -> tuple[Point, ...]:
        """Its eight corners, to be kept in the picture."""
        (x0, y0, z0), (x1, y1, z1) = self.low_m, self.high_m
        return tuple((x, y, z) for x in (x0, x1) for y in (y0, y1) for z in (z0, z1))

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The boxes it is drawn as."""
        if self.kind in _ON_LEGS:
            return _ON_LEGS[self.kind](self.low_m, self.high_m)
        return (Block(self.low_m, self.high_m, _COLOURS[self.kind]),)


class HeldThing(Record):
    """What moves with the body, at which of its points.

    A long band ends at `anchor_m`, and the belt of a force gauge above an ankle or a knee must.
    """

    kind: Thing
    at: tuple[str, ...] = Field(min_length=1)
    anchor_m: Point | None = None

    @model_validator(mode="after")
    def _points_are_known(self) -> HeldThing:
        _points_known(self.at)
        if self.kind == "gauge" and (
            self.anchor_m is None or not self.at[0].startswith(("ankle_", "knee_"))
        ):
            msg = "a gauge lies above an ankle or a knee, and its belt needs anchor_m"
            raise ValueError(msg)
        return self


class FigurePoses(Record):
    """The moving figure of one exercise or self-test: a loop of key poses, for the right side.

    `shows` is the id of the exercise or test. `mirrored` says that the left side is done too, as
    the mirror image. Farther props are listed first, for they are painted in this order, behind
    the body. `strap` names the points of the body between which a strap is stretched, and `held`
    what else moves with the body.
    """

    shows: str
    camera: Camera
    mirrored: bool
    props: tuple[Prop, ...] = ()
    strap: tuple[str, ...] = ()
    held: tuple[HeldThing, ...] = ()
    frames: tuple[Frame, ...] = Field(min_length=2)

    @model_validator(mode="after")
    def _strap_is_held(self) -> FigurePoses:
        _points_known(self.strap)
        return self

    @property
    def movement(self) -> Movement:
        """The loop as a movement of the body."""
        from hipwise.body.movement import KeyPose, Movement

        return Movement(
            poses=tuple(
                KeyPose(f.angles, f.seconds, f.hold_s, f.contacts, f.lift_m, f.travel_m)
                for f in self.frames
            ),
            carriers=tuple(block for prop in self.props if prop.carries for block in prop.blocks),
        )

    @property
    def blocks(self) -> tuple[Block, ...]:
        """What stands around the body, to be drawn."""
        return tuple(block for prop in self.props for block in prop.blocks)

    @property
    def straps(self) -> tuple[Strap | Held, ...]:
        """What the body holds, to be drawn."""
        held = tuple(Held(thing.kind, thing.at, thing.anchor_m) for thing in self.held)
        return (Strap(self.strap), *held) if self.strap else held


def _points_known(names: tuple[str, ...]) -> None:
    for name in names:
        if name not in POINT_NAMES:
            msg = f"the body has no point named '{name}'"
            raise ValueError(msg)
