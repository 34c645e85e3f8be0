from __future__ import annotations

import json

import pytest

from hipwise.errors import UnreadableFile
from hipwise.planning import Circumstances, plan
from hipwise.planning.document import from_document, to_document
from tests.planning.runners import MONDAY, asking_for

MADE = plan(
    [asking_for("hip_flexor_mobility", "trunk_control")],
    Circumstances(9, 3, frozenset({1, 3}), frozenset({3})),
    start=MONDAY,
    weeks=3,
)


def test_a_plan_is_read_back_as_it_was() -> None:
    text = json.dumps(to_document(MADE), allow_nan=False)
    assert from_document(json.loads(text)) == MADE


@pytest.mark.parametrize(
    "document", [None, [], {}, {"schema": "hipwise.plan/2"}, {"schema": "hipwise.plan/1"}]
)
def test_what_is_no_plan_is_refused(document: object) -> None:
    with pytest.raises(UnreadableFile, match="plan"):
        from_document(document)
