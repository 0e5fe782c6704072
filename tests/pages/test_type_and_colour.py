"""Type large enough and colours that can be told apart."""

from __future__ import annotations

import io

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import bench, make

from handouts.looks import contrast, with_accent
from handouts.templates import load_edition
from handouts.workspace import list_templates

DESK = bench().desk("standard", "a4", None)
EDITIONS = list_templates(bench().workspace, "editions")


@pytest.mark.parametrize("edition", EDITIONS)
def test_smallest_type(edition: str) -> None:
    made = make(routine="ten-stretches", edition=edition, cover="generated", patient="Ana")
    limit = 18 if "large" in edition.split("-") else 9 if edition == "pocket" else 12
    sizes = set()
    with pikepdf.open(io.BytesIO(made.pdf)) as opened:
        for page in opened.pages:
            for instruction in pikepdf.parse_content_stream(page):
                if str(instruction.operator) == "Tf":
                    sizes.add(float(instruction.operands[1]))
                if str(instruction.operator) == "cm" and instruction.operands:
                    kept = [float(v) for v in instruction.operands[:4]]
                    assert kept in ([1, 0, 0, 1], [-1, 0, 0, -1]) or float(instruction.operands[0]) < 1, "text is never scaled"
    assert sizes
    assert min(sizes) >= limit


@pytest.mark.parametrize("edition", EDITIONS)
def test_contrast_of_the_colours(edition: str) -> None:
    colours = load_edition(bench().workspace, edition).colours
    for text, ground in (
        (colours.text, "#ffffff"), (colours.text, colours.panel), (colours.text, colours.urgent_panel),
        (colours.text, colours.caution_panel), (colours.muted, "#ffffff"), (colours.on_accent, colours.accent),
        (colours.on_urgent, colours.urgent), (colours.accent, "#ffffff"),
    ):  # fmt: skip
        assert contrast(text, ground) >= 7, (text, ground)
    assert contrast(colours.line, "#ffffff") >= 3


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#ffffff", "#ffffff") == pytest.approx(1)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert contrast("#14525f", "#ffffff") == contrast("#ffffff", "#14525f")


@given(st.from_regex(r"#[0-9a-f]{6}", fullmatch=True))
def test_any_clinic_colour_carries_white_text(colour: str) -> None:
    edition = with_accent(DESK.edition, colour)
    assert contrast(edition.colours.accent, "#ffffff") >= 4.5
    if contrast(colour, "#ffffff") >= 4.5:
        assert edition.colours.accent == colour


def test_no_accent_changes_nothing() -> None:
    assert with_accent(DESK.edition, None) is DESK.edition
