"""Lines of text: none too wide, nothing lost, nothing parted that belongs together."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import bench

from handouts.pages.fonts import MissingGlyphError
from handouts.pages.setting import Line, Span, _break_any, _break_plain, measure, set_text

FONTS = bench().desk("standard", "a4", None).fonts
LETTERS = "abcdefghijklmnopqrstuvwxyzABCXYZ0123456789.,;:!?()'\"-–—·×½…<>&%\\/ äöüßéçñŁżółćΩπЖщİıșậễ\u00a0"
SLACK = 0.01


def shown(lines: tuple[Line, ...]) -> str:
    return "".join(run.text for line in lines for run in line.runs)


def squeezed(text: str) -> str:
    return text.replace(" ", "")


texts = st.text(LETTERS, max_size=300)
spans = st.lists(st.builds(Span, texts, st.booleans()), min_size=1, max_size=4)


@settings(max_examples=200, deadline=None)
@given(spans=spans, size=st.sampled_from([12, 12.5, 16, 21]), width=st.floats(60, 500))
def test_text_out_is_text_in(spans: list[Span], size: float, width: float) -> None:
    lines = set_text(spans, FONTS, size, width)
    assert squeezed(shown(lines)) == squeezed("".join(span.text for span in spans))
    slack = SLACK + 0.5 * (len(spans) - 1)  # where weights change, ReportLab counts the blank between in the other weight
    for line in lines:
        assert line.width <= width + slack, [run.text for run in line.runs]
        assert line.width == pytest.approx(sum(run.face.width(run.text, size) for run in line.runs))
    assert [line.last for line in lines] == [False] * (len(lines) - 1) + [True] * bool(lines)


usual_words = st.lists(st.text(LETTERS.replace(" ", ""), min_size=1, max_size=9), min_size=1, max_size=25).map(" ".join)


@settings(max_examples=400, deadline=None)
@given(
    words=st.lists(st.tuples(usual_words, st.booleans()), min_size=1, max_size=3),
    size=st.sampled_from([12, 12.5, 13.7, 16]),
    width=st.floats(60, 400),
    exact=st.integers(0, 12),
    odd=st.sampled_from(["", "", "", "\u00ad", "  ", "\u2009", "\u200b"]),
)
def test_lines_are_those_that_reportlab_breaks(
    words: list[tuple[str, bool]], size: float, width: float, exact: int, odd: str
) -> None:
    texts = [Span(text + " " * (number < len(words) - 1), bold) for number, (text, bold) in enumerate(words)]
    texts[0] = Span(texts[0].text.replace("a", "a" + odd, 1), texts[0].bold)
    try:
        if exact:  # just as wide as some words, where the last bit decides
            width = max(60.0, measure(" ".join(texts[0].text.split(" ")[:exact]), FONTS, size, bold=texts[0].bold))
        told = _break_any(texts, FONTS, size, width)
    except MissingGlyphError:
        return
    assert set_text(texts, FONTS, size, width) == told


def test_usual_text_needs_no_paragraph_of_reportlab() -> None:
    spans = [Span("Stop if: ", bold=True), Span("it hurts more than a little, for 2\u00a0days ")]
    assert len(_break_plain(spans, FONTS, 12, 100) or ()) > 2
    for text in ("soft\u00adhyphen", "two  blanks", "a thin\u2009blank", "Donaudampfschifffahrtsgesellschaft"):
        assert _break_plain([Span(text)], FONTS, 12, 100) is None


@settings(max_examples=100, deadline=None)
@given(text=st.text(LETTERS, min_size=1, max_size=200), width=st.floats(200, 500))
def test_weights_are_kept(text: str, width: float) -> None:
    lines = set_text([Span(text, bold=True)], FONTS, 12, width)
    assert all(run.face in FONTS.bold for line in lines for run in line.runs)
    assert all(run.face in FONTS.regular for line in set_text([Span(text)], FONTS, 12, width) for run in line.runs)


@pytest.mark.parametrize("width", range(60, 300, 7))
def test_a_no_break_space_holds(width: int) -> None:
    text = "Hold 30\u00a0seconds, 2\u00a0times, and rest 10\u00a0seconds between all of them"
    lines = ["".join(run.text for run in line.runs).strip(" ") for line in set_text([Span(text)], FONTS, 12.5, width)]
    assert len(lines) > 1 or width > 250
    for kept in ("30\u00a0seconds", "2\u00a0times", "10\u00a0seconds"):
        if measure(kept + ",", FONTS, 12.5) < width:
            assert sum(kept in line for line in lines) == 1


@pytest.mark.parametrize("size", [12, 21])
def test_a_long_word_is_split_where_it_must(size: float) -> None:
    word = "W" * 200
    lines = set_text([Span(f"short {word} end")], FONTS, size, 150)
    assert len(lines) > 10
    assert squeezed(shown(lines)) == f"short{word}end"
    assert all(line.width <= 150 + SLACK for line in lines)


def test_bold_and_plain_on_one_line() -> None:
    lines = set_text([Span("Feel it: ", bold=True), Span("front of your hip")], FONTS, 12.5, 400)
    assert len(lines) == 1
    assert shown(lines) == "Feel it: front of your hip"
    assert [run.face in FONTS.bold for run in lines[0].runs] == [True, False]


def test_nothing_is_no_line() -> None:
    assert set_text([], FONTS, 12, 100) == ()
    assert set_text([Span("")], FONTS, 12, 100) == ()


@pytest.mark.parametrize("markup", ["<b>x</b>", "&amp;", "<br/>", "<para>", "%s {x}"])
def test_markup_is_text(markup: str) -> None:
    assert shown(set_text([Span(markup)], FONTS, 12, 400)) == markup


def test_measure_agrees_with_setting() -> None:
    for text in ("Hold for 30 seconds", "Żółć Ω", "x"):
        for bold in (False, True):
            line = set_text([Span(text, bold)], FONTS, 13, 1000)[0]
            assert measure(text, FONTS, 13, bold=bold) == pytest.approx(line.width)


def test_a_missing_character_is_named() -> None:
    with pytest.raises(MissingGlyphError) as missing:
        set_text([Span("all is well 😀 here")], FONTS, 12, 400)
    assert missing.value.character == "😀"
