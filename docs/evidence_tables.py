"""Sphinx extension: writes the tables of the evidence base before the pages are read.

The tables come from `hipwise.knowledge`, so that a page can never say something else than the
program. Pages include them from `_generated/`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from hipwise.knowledge import Library, load
from hipwise.knowledge.facts import Entry, entries
from hipwise.knowledge.models import Claim, ErrorFigures, Fact, Metric, Source


def setup(app: Any) -> dict[str, bool]:
    """Register with Sphinx."""
    app.connect("builder-inited", lambda app: write(Path(app.srcdir) / "_generated"))
    return {"parallel_read_safe": True}


def write(folder: Path) -> None:
    """Write one Markdown file for each table into `folder`."""
    folder.mkdir(exist_ok=True)
    library = load()
    for name, text in {
        "metrics": metrics(library),
        "withheld": withheld(library),
        "rules": rules(library),
        "red_flags": pieces(library, "red flag"),
        "inferences": pieces(library, "rule"),
        "guidance": pieces(library, "guidance"),
        "sayings": pieces(library, "saying"),
        "exercises": exercises(library),
        "settings": settings(library),
        "weekly_doses": weekly_doses(library),
        "sources": sources(library),
    }.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")


def metrics(library: Library) -> str:
    """Every metric with its errors, each figure with who says so."""
    rows = [
        (metric.name, f"`{metric.id}`", method, error, side_error)
        for metric in library.metrics.values()
        if metric.withheld is None
        for method, error, side_error in _errors(metric, library)
    ]
    return _table(("metric", "id", "method", "error of a value", "error of a difference"), rows)


def withheld(library: Library) -> str:
    """What hipwise does not show, and why."""
    rows = [
        (m.name, f"`{m.id}`", m.withheld)
        for m in library.metrics.values()
        if m.withheld is not None
    ]
    return _table(("metric", "id", "why it is not shown"), rows)


def rules(library: Library) -> str:
    """Every rule with its grade and what speaks for and against it."""
    rows = [
        (
            f"`{rule.id}`",
            rule.kind,
            rule.grade,
            rule.when,
            " ".join(f"{c.says} ({_by(c, library)})" for c in rule.evidence),
            " ".join(f"{c.says} ({_by(c, library)})" for c in rule.against),
        )
        for rule in library.rules.values()
    ]
    return _table(("rule", "kind", "grade", "when", "for", "against"), rows)


def pieces(library: Library, kind: str) -> str:
    """Every piece of the evidence whose kind begins with `kind`."""
    rows = [
        (f"`{e.id}`", e.title, e.grade or "–", _told(e), _claims(e.evidence, library))
        + (_claims(e.against, library),)
        for e in entries(library)
        if e.kind.startswith(kind) and e.kind != "rule about running"
    ]
    return _table(("id", "it says", "grade", "more", "for", "against"), rows)


def _told(entry: Entry) -> str:
    return " ".join(f"*{head}:* {text}" for head, text in entry.says)


def _claims(claims: Iterable[Claim], library: Library) -> str:
    return " ".join(f"{claim.says} ({_by(claim, library)})" for claim in claims)


def exercises(library: Library) -> str:
    """Every exercise with what it is for, its dose and when not to do it."""
    rows = [
        (
            exercise.name,
            exercise.purpose,
            ", ".join(phase.replace("_", " ") for phase in exercise.phases),
            f"{exercise.dose.sets} × {exercise.dose.reps}"
            + (f", {exercise.dose.hold_s:g} s each" if exercise.dose.hold_s else ""),
            "; ".join(library.contraindication(tag).meaning for tag in exercise.contraindications),
        )
        for exercise in library.exercises.values()
    ]
    return _table(("exercise", "for", "when", "sets × repetitions", "not with"), rows)


def settings(library: Library) -> str:
    """Numbers of the reasoning and of the routine."""
    rows = [
        (f"`{s.id}`", f"{s.value:g} {s.unit}", s.meaning, _by(s, library))
        for s in library.settings.values()
    ]
    return _table(("setting", "value", "meaning", "who says so"), rows)


def weekly_doses(library: Library) -> str:
    """What a week should give each kind of training target."""
    rows = [
        (
            dose.meaning,
            f"{dose.least.value:g} {dose.unit}",
            _by(dose.least, library),
            f"{dose.full.value:g} {dose.unit}",
            _by(dose.full, library),
        )
        for dose in library.weekly_doses.values()
    ]
    head = ("of what", "helps from", "who says so", "full dose", "who says so")
    return _table(head, rows)


def sources(library: Library) -> str:
    """Every source, and how much of it was read."""
    rows = [
        (f"{s.authors} ({s.year})" if s.year else s.authors, s.title, s.journal, _link(s), _seen(s))
        for s in library.sources.values()
    ]
    return _table(("authors", "title", "where", "link", "seen"), rows)


def _errors(metric: Metric, library: Library) -> Iterable[tuple[str, str, str]]:
    for errors in metric.errors:
        side = errors.side_error
        yield (
            f"`{errors.method}`",
            _figures(errors.error, metric, library),
            _figures(side, metric, library) if side else "one value, no sides",
        )


def _figures(figures: ErrorFigures, metric: Metric, library: Library) -> str:
    largest = max(figure.value for figure in figures.given)
    told = [
        _bold(f"{figure.value:g}{metric.unit.suffix}", figure.value == largest)
        + f" ({_by(figure, library)})"
        for figure in figures.given
    ]
    if figures.frames is not None:
        told.append(f"at least {figures.frames:g} frames of the film")
    return "; ".join(told)


def _bold(text: str, bold: bool) -> str:
    return f"**{text}**" if bold else text


def _by(fact: Fact, library: Library) -> str:
    words = fact.status.in_words
    return words if fact.source is None else f"{library.source(fact.source).short}, {words}"


def _link(source: Source) -> str:
    if source.doi:
        return f"[doi](https://doi.org/{source.doi})"
    if source.pmid:
        return f"[PubMed](https://pubmed.ncbi.nlm.nih.gov/{source.pmid}/)"
    return f"[page]({source.url})" if source.url else ""


def _seen(source: Source) -> str:
    seen = "recalled, not read" if source.status == "recalled" else source.seen or ""
    return f"{seen} ({source.note})" if source.note else seen


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join(
        "| " + " | ".join(str(cell).replace("|", "\\|") for cell in line) + " |\n" for line in lines
    )
