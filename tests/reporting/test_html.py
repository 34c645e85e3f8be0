from __future__ import annotations

import html
import itertools
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from hipwise.findings.finding import FindingKind
from hipwise.planning import todays_session
from hipwise.reporting import charts, names
from hipwise.reporting.analysis import Analysis
from hipwise.reporting.html import render
from hipwise.reporting.numbers import small_first
from hipwise.reporting.sections.curves import curve_figures, doubts_in_words
from hipwise.reporting.sections.numbers import rows

VOID = {"meta", "link", "img", "source", "br", "hr", "input"}


class _Page(HTMLParser):
    """Checks that every element is closed in order, and keeps what the tests ask for."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.headings: list[str] = []
        self.addresses: list[tuple[str, str]] = []
        self.ids: list[str] = []
        self.images: list[dict[str, str | None]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append(tag)
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(tag)
        given = dict(attrs)
        self.ids += [value for key, value in attrs if key == "id" and value]
        if tag == "img":
            self.images.append(given)
        self.addresses += [(tag, v or "") for k, v in attrs if k in {"src", "href", "srcset"}]

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.fixture(scope="module")
def text(report_dir: Path) -> str:
    return (report_dir / names.REPORT).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def parsed(text: str) -> _Page:
    return _Page(text)


def test_is_well_formed(parsed: _Page) -> None:
    assert parsed.open == []
    assert len(parsed.ids) == len(set(parsed.ids))


def test_headings_never_skip_a_level(parsed: _Page) -> None:
    levels = [int(heading[1]) for heading in parsed.headings]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(b <= a + 1 for a, b in itertools.pairwise(levels))


def test_nothing_is_loaded_from_anywhere(parsed: _Page, text: str) -> None:
    for tag, address in parsed.addresses:
        assert address.startswith(("data:", "#")) or tag == "a", (tag, address)
    assert "<script" not in text
    assert "@import" not in text
    assert not re.search(r"url\((?!['\"]?data:)", text)


def test_every_link_inside_the_page_leads_somewhere(parsed: _Page) -> None:
    inside = {address[1:] for tag, address in parsed.addresses if address.startswith("#")}
    assert inside <= set(parsed.ids)


def test_every_picture_has_words(parsed: _Page) -> None:
    assert parsed.images
    assert all(image.get("alt") for image in parsed.images)


def test_the_first_finding_comes_first(text: str, analysis: Analysis) -> None:
    first = analysis.findings[0]
    assert first.kind is FindingKind.ASYMMETRY
    assert text.index(first.title) < text.index("Today’s routine</h2>".replace("</h2>", " <small>"))
    for against in first.against:
        assert against.split("(")[0][:40] in text.replace("\u00a0", " ")


def test_each_number_carries_error_unit_and_n(text: str) -> None:
    assert re.search(r"\d+ ± \d+°<small>SD [\d.]+, n = \d+", text)
    assert re.search(r"\d+ ± \d+ ms<small>SD [\d.]+, n = \d+", text)


def test_both_views_both_sides_and_the_truth_are_shown(text: str) -> None:
    assert "Seen from the left" in text
    assert "Seen from behind" in text
    assert "Measured beside true" in text
    assert charts.LEFT in text
    assert charts.RIGHT in text
    assert "not shown as a number" in text


def test_what_the_camera_cannot_see_is_said(text: str, analysis: Analysis) -> None:
    withheld = [w for view in analysis.views for w in view.gait.withheld]
    assert withheld
    for each in withheld:
        assert analysis.library.metric(each.metric).name in text


def test_the_style_sheet_knows_every_colour_of_the_charts(text: str) -> None:
    style = text.partition("<style>")[2].partition("</style>")[0]
    for colour in (charts.LEFT, charts.RIGHT, charts.INK, charts.FAINT, charts.GRID, charts.BAND):
        assert f'"{colour}"]' in style


def test_no_nan_reaches_the_reader(analysis_with_gaps: Analysis, text: str) -> None:
    for each in (text, render(analysis_with_gaps)):
        assert not re.search(r"\bnan\b", each, re.IGNORECASE)


def test_text_from_outside_cannot_become_markup(analysis: Analysis) -> None:
    hostile = "<script>alert(1)</script>.mp4"
    main = analysis.views[0]
    named = replace(main, recording=replace(main.recording, name=hostile))
    shown = render(replace(analysis, views=(named,), session=None, title="<b>&"))
    assert "<script" not in shown
    assert "&lt;script&gt;" in shown
    assert "&lt;b&gt;&amp;" in shown


def test_a_runner_without_findings_is_told_so(analysis: Analysis) -> None:
    quiet = render(replace(analysis, findings=(), session=None, truth=()))
    assert "Nothing stands out" in quiet
    assert "Today’s routine" not in quiet
    assert "Measured beside true" not in quiet


def test_a_few_strides_are_marked(analysis: Analysis) -> None:
    main = analysis.views[0]
    few = tuple(replace(m, n=3) for m in main.gait.measurements)
    gait = replace(main.gait, measurements=few)
    shown = [row for row in rows(gait, analysis.library) if row.left is not None]
    assert shown
    assert all(row.left and row.left.few and "too few" in row.left.detail for row in shown)


def test_a_side_difference_says_why_its_error_is_another(text: str) -> None:
    assert "Between the two sides of one day" in text


def test_no_line_from_behind_is_drawn_that_the_network_cannot_see(analysis: Analysis) -> None:
    rear = analysis.views[1]
    titles = [figure.title for figure in curve_figures(rear, analysis.library)]
    assert titles == ["Trunk, sideways"]


def test_the_side_view_says_which_leg_is_less_sure(analysis: Analysis) -> None:
    side, rear = analysis.views
    assert "The right leg is further from the camera" in doubts_in_words(side)
    assert doubts_in_words(rear) == ""


def test_each_exercise_says_when_to_leave_it_out(text: str, analysis: Analysis) -> None:
    assert analysis.session is not None
    exercises = [analysis.library.exercise(item.exercise) for item in analysis.session.items]
    hints = {tag for exercise in exercises for tag in exercise.contraindications}
    assert hints
    for tag in hints:
        meaning = analysis.library.contraindication(tag).meaning
        assert html.escape(small_first(meaning)) in text


def test_a_general_routine_gives_its_reason_once(analysis: Analysis) -> None:
    session = todays_session((), analysis.library)
    shown = render(replace(analysis, findings=(), session=session))
    assert shown.count("general hip care") == 1
    assert "<b>Why</b>" not in shown


def test_a_film_is_named_once_where_it_is_the_title(analysis: Analysis) -> None:
    main = analysis.views[0]
    head = render(replace(analysis, views=(main,), title=main.recording.name)).split("<nav")[0]
    assert head.split("<header")[1].count(main.recording.name) == 1


def test_a_finding_tells_what_it_rests_on_before_what_speaks_against(
    text: str, analysis: Analysis
) -> None:
    first = next(f for f in analysis.findings if f.kind is not FindingKind.FINE)
    claim = analysis.library.rule(first.rule).evidence[0]
    assert text.index(html.escape(claim.says.removesuffix("."))) < text.index(first.against[0])
