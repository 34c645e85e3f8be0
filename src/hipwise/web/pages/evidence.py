"""Evidence: every fact, searchable: who says so, how strong it is, what speaks against it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from hipwise.errors import UsageError
from hipwise.knowledge.facts import entries
from hipwise.web import figures
from hipwise.web.shown import Evidence, page

router = APIRouter()


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
    return page(
        request,
        "fact",
        title=found[0].title,
        found=found,
        library=library,
        figure=figures.address(kind, id, library) if drawn else "",
        still=figures.address(kind, id, library, calm=True) if drawn else "",
    )
