"""From a form's fields to the tries of one self-test."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hipwise.errors import HipwiseError, UnreadableFile
from hipwise.knowledge import Library
from hipwise.knowledge.models import Unit
from hipwise.measurement import Side
from hipwise.screening.answers import SKIPPED, TestAnswer
from hipwise.screening.scoring import refuse_impossible
from hipwise.services.test_sheet import TestSheet


def take_tries(sheet: TestSheet, fields: Mapping[str, str], library: Library) -> str | None:
    """Put the tries of a form into the draft; return what is wrong, or None.

    A field is called `<value>|<left, right or tries>|<try>`; `skip|<side>` leaves a side out, and
    `checked` confirms what looks mixed up. Nothing is put in before everything can be read.
    """
    read: dict[str, dict[str, Any]] = {}
    for id in sheet.planned.values:
        if sheet.filmed(id):
            _leave_out(sheet, id, fields)
            continue
        held: dict[str, Any] = {}
        if fields.get(f"{id}|unit"):
            held["unit"] = fields[f"{id}|unit"]
        if fields.get("checked"):
            held["checked"] = True
        for side in sheet.sides(id):
            part = sheet.part(side)
            if fields.get(f"skip|{part}"):
                held[part] = SKIPPED
                continue
            try:
                tries = _tries(sheet, id, side, fields, held.get("unit"))
            except UnreadableFile as fault:
                return str(fault)
            if not tries:
                where = "" if side is None else f" on the {side} side"
                name = sheet.protocol.recorded[id].name
                return f"{name}{where} is open: fill it in, or leave it out."
            held[part] = tries
        read[id] = held
    try:
        for id, held in read.items():
            answer = TestAnswer.model_validate(held)
            refuse_impossible(id, answer, sheet.runner, library)
    except (HipwiseError, ValueError) as fault:
        return f"{fault} If it is right all the same, tick 'It is right'."
    for id, held in read.items():
        sheet.draft.put(held, "tests", id)
    return None


def _leave_out(sheet: TestSheet, id: str, fields: Mapping[str, str]) -> None:
    """Leave out sides of a value that is read from films; nothing is typed beside a film."""
    for part in (sheet.part(side) for side in sheet.open_sides(id)):
        if fields.get(f"skip|{part}"):
            sheet.draft.put(SKIPPED, "tests", id, part)


def _tries(
    sheet: TestSheet, id: str, side: Side | None, fields: Mapping[str, str], unit: str | None
) -> list[float | bool]:
    """Read the tries of one side; raises UnreadableFile for what cannot be."""
    value, part = sheet.protocol.recorded[id], sheet.part(side)
    own = sheet.sheet(id)
    reader = type(own)(own.value, own.field, unit, own.mass_kg) if unit else own
    tries: list[float | bool] = []
    for number in range(2 * sheet.protocol.trials.count):
        text = fields.get(f"{id}|{part}|{number}", "").strip().replace(",", ".")
        if not text:
            continue
        if value.unit is Unit.YES_NO:
            tries.append(text == "yes")
            continue
        try:
            typed = float(text)
        except ValueError:
            raise reader.fault(f"is '{text}', which is no number", part) from None
        reader.number(typed, part)
        tries.append(typed)
    return tries
