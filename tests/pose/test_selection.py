from __future__ import annotations

from hipwise.pose.detector import Detection
from hipwise.pose.region import Region
from hipwise.pose.selection import most_prominent, same_person


def person(x_px: float, side_px: float, y_px: float = 300.0) -> Detection:
    return Detection(Region(x_px, y_px, side_px, 0.0), 0.9)


def test_the_larger_of_two_people_is_the_one_filmed() -> None:
    near, far = person(700, 500), person(500, 200)
    assert most_prominent([far, near], 1000, 600) == [near, far]


def test_of_two_alike_the_one_in_the_middle_is_the_one_filmed() -> None:
    aside, middle = person(900, 300), person(520, 300)
    assert most_prominent([aside, middle], 1000, 600) == [middle, aside]


def test_a_lost_person_is_looked_for_nearby_first_and_farther_with_time() -> None:
    last = person(500, 200).region
    # Reach: 0.5 · 200 = 100 px at once, and 200 px more for each second.
    passer_by = person(750, 200)
    assert same_person([passer_by], last, lost_s=0.1) == []
    assert same_person([passer_by], last, lost_s=1.0) == [passer_by]


def test_the_nearest_is_taken_and_someone_of_another_size_is_not() -> None:
    last = person(500, 200).region
    close, closer, child = person(560, 210), person(530, 190), person(505, 100)
    assert same_person([close, child, closer], last, lost_s=0.1) == [closer, close]
