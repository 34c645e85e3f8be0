"""The evidence in the terminal: a fact, who says so, how strong it is, what speaks against it."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from rich.console import Console
from rich.table import Table
from rich.text import Text

from hipwise.errors import UsageError
from hipwise.knowledge import Library, load
from hipwise.knowledge.facts import Entry, entries
from hipwise.knowledge.models import Claim, Fact, Source


def show(id: str | None, search: str | None) -> None:
    """Print one piece of the evidence, or a list of all, or of those in which words stand.

    Raises UsageError where `id` is not known, or `search` stands nowhere.
    """
    library, console = load(), Console(highlight=False)
    known = entries(library)
    if id is None:
        console.print(_listed(_searched(known, search)))
        return
    found = [entry for entry in known if entry.id == id]
    source = library.sources.get(id)
    if not found and source is None:
        raise UsageError(_unknown(id, [e.id for e in known] + list(library.sources)))
    for entry in found:
        _tell(entry, library, console)
    if source is not None:
        _tell_source(source, known, console)


def _searched(known: tuple[Entry, ...], search: str | None) -> list[Entry]:
    found = [entry for entry in known if search is None or entry.matches(search)]
    if not found:
        raise UsageError(f"Nothing in the evidence speaks of '{search}'; try another word.")
    return found


def _unknown(id: str, ids: list[str]) -> str:
    near = get_close_matches(id, ids, n=1)
    hint = f"did you mean '{near[0]}'?" if near else "'hipwise evidence' lists all of them."
    return f"There is nothing called '{id}' in the evidence; {hint}"


def _listed(found: list[Entry]) -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column("id", no_wrap=True, style="bold")
    table.add_column("what")
    table.add_column("grade", justify="center")
    table.add_column("it says")
    for entry in found:
        table.add_row(entry.id, entry.kind, str(entry.grade or "–"), Text(entry.title))
    return table


def _tell(entry: Entry, library: Library, console: Console) -> None:
    console.print(Text(entry.title, style="bold"))
    console.print(Text(f"{entry.id}, {entry.kind}"))
    for head, text in entry.says:
        console.print(Text.assemble((f"{head}: ", "bold"), text))
    if entry.grade is not None:
        strength = f"{entry.grade}, {entry.grade.in_words}"
        console.print(Text.assemble(("grade: ", "bold"), strength))
    for head, claims in (("who says so", entry.evidence), ("what speaks against", entry.against)):
        lines = [_claim(claim, library) for claim in claims]
        if not lines and head == "what speaks against":
            lines = ["nothing that we know of"]
        _print_list(head, lines, console)
    _print_list("numbers", [f"{h}: {_who(f, library)}" for h, f in entry.facts], console)
    console.print()


def _print_list(head: str, lines: list[str], console: Console) -> None:
    if lines:
        console.print(Text(f"{head}:", style="bold"))
    for line in lines:
        console.print(Text(f"  • {line}"))


def _claim(claim: Claim, library: Library) -> str:
    return f"{claim.says} ({_who(claim, library)})"


def _who(fact: Fact, library: Library) -> str:
    """Who says so and how it came here; with the id to look the source up."""
    if fact.source is None:
        return fact.status.in_words
    source = library.source(fact.source)
    note = f"; {fact.note}" if fact.note else ""
    return f"{source.short} [{source.id}], {fact.status.in_words}{note}"


def _tell_source(source: Source, known: tuple[Entry, ...], console: Console) -> None:
    console.print(Text(source.title, style="bold"))
    year = f" {source.year}" if source.year else ""
    console.print(Text(f"{source.authors}{year}. {source.journal}"))
    address = f"https://doi.org/{source.doi}" if source.doi else source.url
    if address:
        console.print(Text(address))
    seen = f": {source.seen}" if source.seen else ", not read again"
    console.print(Text(f"{source.status}{seen}" + (f" ({source.note})" if source.note else "")))
    used = [entry.id for entry in known if source.id in set(_sources_of(entry))]
    _print_list("used by", used, console)


def _sources_of(entry: Entry) -> Iterator[str]:
    yield from (fact.source for fact in entry.rests_on if fact.source is not None)
