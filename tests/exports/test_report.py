"""A report is whole, plain, the same every time, asks nobody for anything, and fits the paper that it is made for."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from sendlib import board, changes, service
from sendlib.__main__ import main
from sendlib.answer.beside import pairs
from sendlib.board import Thoughts
from sendlib.compared import widened
from sendlib.compared.comparators import DEFAULT
from sendlib.exports import report
from tests import reading
from tests.view import browsing
from tests.view.conftest import browser
from tests.view.test_browser import WCAG_22_AA, barriers

__all__ = ["browser"]
LINK = "https://send-explorer.example.org/start?area=878%2C879%2C880&mode=families&vs=neighbours-2025&beside=E12000009"
OFTEN = "879"
KINDS_OF_AREA = ("420", "QJK", "E12000009", "878,879,880")
"""Islands, a board, a region and a group."""


class Page(HTMLParser):
    """What stands in a file: its words, its ids, and what its elements point at."""

    def __init__(self, content):
        super().__init__()
        self.said, self.ids, self.links, self.points_at, self.heads, self.tags = [], [], [], [], [], []
        self._in = []
        self.feed(content.decode())

    def handle_starttag(self, tag, attrs):
        held = dict(attrs)
        self.tags.append((tag, held))
        self.ids += [held["id"]] if "id" in held else []
        (self.links if tag == "a" else self.points_at).extend(
            value for name, value in attrs if name in ("href", "src", "xlink:href", "action", "data") and value
        )
        if re.fullmatch("h[1-6]", tag):
            self.heads.append(int(tag[1]))
        if tag in ("style", "script"):
            self._in.append(tag)

    def handle_endtag(self, tag):
        if self._in and self._in[-1] == tag:
            self._in.pop()

    def handle_data(self, data):
        if not self._in:
            self.said.append(data)

    @property
    def words(self):
        return " ".join(" ".join(self.said).split())


@pytest.fixture(scope="module")
def answers(store):
    """The answers of an area to all questions, asked once."""
    held = {}

    def of(code, beside=""):
        known = widened.directory(store)
        if (code, beside) not in held:
            held[code, beside] = service.all_answers(
                store, known.get(code), beside=known.get(beside) if beside else None
            )[0]
        return held[code, beside]

    return of


@pytest.fixture(scope="module")
def made(answers):
    """The report of an area in a mode, made once."""
    held = {}

    def of(code, mode, beside=""):
        if (code, mode, beside) not in held:
            held[code, mode, beside] = report.as_html(answers(code, beside), mode, link=LINK)
        return held[code, mode, beside]

    return of


@pytest.fixture(scope="module")
def extras(store):
    """What a group adds of its own."""
    area = widened.directory(store).get(OFTEN)
    return {
        "thoughts": Thoughts("Support comes late & <rarely>.", "Who waits?\nWhere?"),
        "board": board.ask(store, area, DEFAULT, board.picking.suggested(store)),
        "changes": changes.ask(store, area, DEFAULT),
    }


def test_the_chapter_has_every_number_as_the_answer_writes_it(answers, made):
    words = Page(made(OFTEN, "explore")).words
    for answer in answers(OFTEN):
        assert answer.words in words and answer.headline.explore in words and answer.title.explore in words
        for figure in answer.figures:
            assert figure.text in words and figure.label.explore in words and figure.comparison.explore in words
        for verdict in answer.verdicts:
            assert verdict.words.explore in words and verdict.rule.explore in words
        assert all(text.explore in words for text in answer.cannot_tell)


def test_the_sheet_has_the_first_number_of_each_question_in_plain_words(answers, made):
    for code in (OFTEN, *KINDS_OF_AREA[:2]):
        words = Page(made(code, "families")).words
        for answer in answers(code):
            if answer.same_everywhere:
                continue  # which is not how an area compares
            figure = next(one for one, _ in pairs(answer) if one.label.in_mode("families"))
            assert figure.text_in("families") in words and figure.label.in_mode("families") in words
    assert "of every 100" in words


def test_a_short_table_is_the_answers_own_and_a_long_one_is_named(answers, made):
    needs = next(one for one in answers(OFTEN) if one.question == "needs")
    page = Page(made(OFTEN, "explore"))
    for cell in needs.tables["mix"].readable("explore")["Share, %"]:
        assert cell in page.said
    assert "Its table has 154 rows" in page.words
    heads = [held.get("scope") for tag, held in page.tags if tag == "th"]
    assert heads and all(heads)


def test_two_areas_stand_beside_each_other_under_their_names(answers, made):
    words = Page(made(OFTEN, "families", "878")).words
    assert "Plymouth beside Devon" in words
    for answer in answers(OFTEN, "878"):
        if answer.same_everywhere:
            continue
        own, other = next(pair for pair in pairs(answer) if pair[0].label.in_mode("families"))
        assert own.text_in("families") in words and other.text_in("families") in words


@pytest.mark.parametrize("mode", report.KINDS)
def test_a_file_asks_nobody_and_its_parts_are_told_apart(made, mode):
    page = Page(made(OFTEN, mode))
    assert not [tag for tag, _ in page.tags if tag in ("script", "link", "iframe", "img", "object")]
    assert all(one.startswith("#") for one in page.points_at)
    assert not re.search(r"url\((?!#|data:)|@import", made(OFTEN, mode).decode())
    assert len(page.ids) == len(set(page.ids))
    assert {one[1:] for one in page.links if one.startswith("#")} <= set(page.ids)
    assert ("html", {"lang": "en-GB"}) in page.tags
    assert page.heads[0] == 1 and page.heads.count(1) == 1
    assert all(later <= earlier + 1 for earlier, later in zip(page.heads, page.heads[1:], strict=False))
    assert all(held.get("aria-label") or held.get("aria-hidden") for tag, held in page.tags if tag == "svg")
    assert "Open Government Licence v3.0" in page.words and "25 June 2026" in page.words


@pytest.mark.parametrize("mode", report.KINDS)
def test_the_same_answers_give_the_same_bytes(answers, made, mode):
    assert report.as_html(answers(OFTEN), mode, link=LINK) == made(OFTEN, mode)


def test_the_sheet_has_a_code_only_where_its_address_opens_elsewhere(answers, made):
    def has_code(content):
        return any("QR code" in str(held.get("aria-label")) for _, held in Page(content).tags)

    assert has_code(made(OFTEN, "families"))
    for link in ("", "http://localhost:8501/start?area=879"):
        content = report.as_html(answers(OFTEN), "families", link=link)
        assert not has_code(content) and b"localhost" not in content


def test_the_sheet_reads_plainly(made):
    for code in (OFTEN, *KINDS_OF_AREA):
        said = [one.strip() for one in Page(made(code, "families")).said if len(one.split()) > 3]
        own = [one for one in said if not one.startswith("Figures of")]
        assert not [one for text in own for one in reading.too_long(text)], code
        assert reading.grade(own) <= reading.HIGHEST_GRADE, code


def test_what_is_missing_is_said_in_words_and_no_box_is_empty(made):
    for mode in report.KINDS:
        content = made("420", mode).decode()
        assert "Not available" in content
        assert not re.search(r"<(p|li|dd|td|ul|dl|figure|section)[^>]*></\1>", content)


def test_a_question_without_an_answer_says_why(answers):
    page = Page(report.as_html(answers(OFTEN)[:1], "explore", unanswered=["Needs: no figures of this area."]))
    assert "Needs: no figures of this area." in page.words


def test_an_area_with_few_answers_has_more_numbers_of_each(answers):
    """A health area in which no authority's children mostly live is answered by one question."""
    page = Page(report.as_html(answers("99E"), "families", unanswered=["Needs: none."]))
    assert len([held for tag, held in page.tags if tag == "p" and held.get("class") in ("number", "none")]) > 1
    assert "Some questions have no numbers for this area." in page.words
    assert "England and England" not in page.words


def test_a_group_brings_its_thoughts_its_board_and_what_changed(answers, extras):
    for mode in report.KINDS:
        content = report.as_html(answers(OFTEN), mode, **extras)
        page = Page(content)
        assert "Support comes late & <rarely>." in page.words and "Who waits?" in page.words
        assert extras["board"].words in page.words and extras["changes"].words in page.words
        newest = extras["board"].tables["board"].readable(mode)["Newest figure"]
        assert all(cell in page.said for cell in newest)
        assert len(page.ids) == len(set(page.ids))


def test_names_with_signs_do_not_break_the_file(answers):
    first = answers(OFTEN)[0]
    odd = replace(first, area=replace(first.area, name='A & "B" <1>', spoken=""))
    for mode in report.KINDS:
        assert 'A & "B" <1>' in Page(report.as_html([odd], mode)).words


def test_the_command_line_writes_a_report(tmp_path, capsys, store, answers, monkeypatch):
    monkeypatch.setattr("sendlib.commands.shared.store_of", lambda choices: store)
    file = tmp_path / "sheet.html"
    assert main(["report", "--area", "Plymouth", "--mode", "families", "--to", str(file)]) == 0
    assert str(file) in capsys.readouterr().out
    assert file.read_bytes() == report.as_html(answers(OFTEN), "families")


@pytest.fixture
def offline(browser):
    """A page of a browser without a network, which writes down what is asked for."""
    context = browser.new_context(offline=True)
    page = context.new_page()
    page.asked = []
    page.on("request", lambda request: page.asked.append(request.url))
    yield page
    context.close()


def pages_of(page, content, folder):
    """On how many sheets of paper a file is printed."""
    file = folder / "report.html"
    file.write_bytes(content)
    page.goto(file.as_uri())
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True)))


@browsing.NEEDED
def test_the_sheet_is_one_page_of_paper(offline, made, tmp_path):
    for code in (OFTEN, *KINDS_OF_AREA):
        assert pages_of(offline, made(code, "families"), tmp_path) == 1, code
    assert pages_of(offline, made(OFTEN, "families", "878"), tmp_path) == 1
    assert all(one.startswith(("file:", "data:")) for one in offline.asked)


@browsing.NEEDED
def test_the_chapter_is_at_most_eight_pages_of_paper(offline, made, answers, extras, tmp_path):
    for code, beside in ((OFTEN, ""), ("420", ""), ("878,879,880", ""), (OFTEN, "878")):
        assert pages_of(offline, made(code, "explore", beside), tmp_path) <= 8, code
    assert pages_of(offline, report.as_html(answers(OFTEN), "explore", link=LINK, **extras), tmp_path) <= 8


@browsing.NEEDED
def test_axe_finds_no_barrier_in_a_report(offline, made, tmp_path):
    for mode in report.KINDS:
        pages_of(offline, made(OFTEN, mode), tmp_path)
        assert not barriers(offline, WCAG_22_AA)
        offline.set_viewport_size({"width": 360, "height": 740})
        assert offline.evaluate("document.documentElement.scrollWidth") <= 360
