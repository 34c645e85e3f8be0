"""Every source that anything on the page rests on, once, with how much of it was read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from hipwise.findings.results import Results
from hipwise.knowledge import Library
from hipwise.knowledge.exercises import Exercise
from hipwise.knowledge.models import Source
from hipwise.reporting.analysis import Analysis


@dataclass(frozen=True)
class SourceLine:
    """One source; `address` is its DOI or page, empty where none is known."""

    source: Source
    address: str
    status: str


_STATUS_WORDS = {
    "read": "read",
    "recalled": "recalled, not read again",
    "computed": "computed from raw data",
}


def source_lines(analysis: Analysis) -> tuple[SourceLine, ...]:
    """Return the sources of an analysis in order of author and year."""
    return lines_of(_cited(analysis), analysis.library)


def lines_of(ids: Iterable[str], library: Library) -> tuple[SourceLine, ...]:
    """Return sources, each once, in order of author and year."""
    cited = {library.source(id).id: library.source(id) for id in ids}
    ordered = sorted(cited.values(), key=lambda s: (s.authors.casefold(), s.year or 0))
    return tuple(_line(source) for source in ordered)


def _cited(analysis: Analysis) -> Iterator[str]:
    for finding in analysis.findings:
        yield from finding.sources
    yield from _cited_by_measurements(analysis)
    for item in analysis.session.items if analysis.session else ():
        yield from cited_by(analysis.library.exercise(item.exercise))


def cited_by(exercise: Exercise) -> Iterator[str]:
    """Yield the sources that an exercise rests on."""
    facts = (*exercise.evidence, *exercise.targets, exercise.dose)
    yield from (fact.source for fact in facts if fact.source is not None)


def _cited_by_measurements(analysis: Analysis) -> Iterator[str]:
    library = analysis.library
    profile = analysis.screened.screening.profile if analysis.screened else None
    results = Results((), (), library, profile)
    for metric_id, method in dict.fromkeys((m.metric, m.method) for m in analysis.measurements):
        recorded = results.recorded(metric_id)
        norm = results.norm(recorded) if recorded else library.norm(metric_id)
        if norm is not None and norm.source is not None:
            yield norm.source
        figures = library.metric(metric_id).figures(method)
        for figure in figures.error.given if figures else ():
            if figure.source is not None:
                yield figure.source


def _line(source: Source) -> SourceLine:
    address = f"https://doi.org/{source.doi}" if source.doi else source.url or ""
    status = _STATUS_WORDS[source.status]
    if source.seen:
        status += f" ({source.seen})"
    return SourceLine(source, address, status)
