"""Evidence: every fact, searchable: who says so, how strong it is, what speaks against it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from hipwise.errors import UsageError
from hipwise.knowledge.exercises import Exercise
from hipwise.knowledge.facts import entries
from hipwise.web import figures
from hipwise.web.shown import Evidence, page

router = APIRouter(include_in_schema=False)


@router.get("/evidence")
def evidence(
    request: Request, library: Evidence, search: Annotated[str, Query(max_length=200)] = ""
) -> Response:
    """List the facts in which all these words stand."""
    kinds: dict[str, list[object]] = {}
    for entry in entries(library):
        if entry.matches(search):
            kinds.setdefault(entry.kind, []).append(entry)
    return page(request, "evidence", title="Evidence", search=search, kinds=kinds)


@router.get("/evidence/{id}")
def fact(request: Request, library: Evidence, id: str) -> Response:
    """Show one fact."""
    found = [entry for entry in entries(library) if entry.id == id]
    if not found:
        raise UsageError(f"There is no fact '{id}'.")
    kind = "exercise" if id in library.exercises else "test"
    drawn = id in library.exercise_poses or id in library.test_poses
    exercise, protocol = library.exercises.get(id), library.protocols.get(id)
    cited = dict.fromkeys(f.source for e in found for f in e.rests_on if f.source is not None)
    return page(
        request,
        "fact",
        title=found[0].title,
        found=found,
        library=library,
        how=exercise.cues if exercise else protocol.steps if protocol else (),
        faults=exercise.faults if exercise else protocol.invalid_if if protocol else (),
        more=tuple(_more(exercise)) if exercise else (),
        linked=tuple(_linked(exercise)) if exercise else (),
        sources=[library.source(source) for source in cited],
        figure=figures.address(kind, id, library) if drawn else "",
        still=figures.address(kind, id, library, calm=True) if drawn else "",
    )


def _more(exercise: Exercise) -> Iterator[tuple[str, str]]:
    """Yield the dose and what is needed, in words."""
    dose = exercise.dose
    hold = f"{dose.hold_s:g} s" if dose.hold_s else ""
    amount = f"{dose.reps} holds of {hold}" if hold and dose.reps > 1 else hold or str(dose.reps)
    yield "Dose", f"{dose.sets} × {amount}{' each side' if exercise.unilateral else ''}"
    if exercise.equipment:
        yield "You need", ", ".join(thing.value.replace("_", " ") for thing in exercise.equipment)


def _linked(exercise: Exercise) -> Iterator[tuple[str, str]]:
    """Yield the ids of the easier and the harder form."""
    if exercise.regression is not None:
        yield "Easier form", exercise.regression
    if exercise.progression is not None:
        yield "Harder form", exercise.progression
