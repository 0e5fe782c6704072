"""Make the two static Noto Sans files of assets/fonts from the variable font of an installed package.

    pip install fontpkg-noto-sans==2.15 fonttools
    python scripts/make_noto_fonts.py [FOLDER]

Writes NotoSans-Regular.ttf and NotoSans-Bold.ttf, the same bytes each time. They hold what the built-in fonts must be
able to print beyond Atkinson Hyperlegible: Latin with Vietnamese, Greek with Greek Extended and Cyrillic. Hints and
layout tables are left out, because a PDF made by us uses neither. No arrows: pictures say where to move.
"""

from __future__ import annotations

import sys
from importlib.metadata import files
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

PACKAGE = "fontpkg-noto-sans"
VARIABLE_FONT = "NotoSans[wdth,wght].ttf"
STYLES = {"Regular": 400.0, "Bold": 700.0}

# First and last code point of each block wanted (Unicode 15, Blocks.txt).
BLOCKS = (
    (0x0020, 0x007E),  # Basic Latin
    (0x00A0, 0x00FF),  # Latin-1 Supplement
    (0x0100, 0x024F),  # Latin Extended-A and -B
    (0x0250, 0x02AF),  # letters of African languages and of Azerbaijani (IPA Extensions)
    (0x02BB, 0x02BC),  # the apostrophes that are letters (Ukrainian, Hawaiian)
    (0x02C6, 0x02DD),  # spacing accents
    (0x0370, 0x03FF),  # Greek
    (0x0400, 0x052F),  # Cyrillic and its supplement
    (0x1E00, 0x1EFF),  # Latin Extended Additional, with Vietnamese
    (0x1F00, 0x1FFF),  # Greek Extended
    (0x2000, 0x200D),  # spaces and joiners
    (0x2010, 0x2027),  # dashes, quotes, bullets, ellipsis
    (0x202F, 0x2060),  # narrow space, primes, fraction slash, word joiner
    (0x2070, 0x209F),  # superscripts and subscripts
    (0x20A0, 0x20CF),  # currency
    (0x2113, 0x2116),  # litre, numero
    (0x2122, 0x2122),  # trade mark
    (0x212E, 0x212E),  # estimated
    (0x2150, 0x215F),  # fractions
    (0x2212, 0x2212),  # minus
    (0xFFFD, 0xFFFD),  # replacement character
)
NAMES_KEPT = [0, 1, 2, 3, 4, 5, 6, 13, 14]  # copyright, family, style, id, full name, version, PostScript name, licence


def find_variable_font() -> Path:
    """Where the installed package keeps its upright variable font.

    Raises:
        PackageNotFoundError: the package is not installed.
        LookupError: it is, but has no such file.

    """
    for file in files(PACKAGE) or ():
        if file.name == VARIABLE_FONT:
            return Path(str(file.locate()))
    raise LookupError(f"{PACKAGE} holds no {VARIABLE_FONT}")


def make_static(variable: Path, *, weight: float) -> TTFont:
    """One static instance at full width, cut down to `BLOCKS`, without hints, layout tables and glyph names."""
    font = TTFont(variable, recalcTimestamp=False)
    font = instantiateVariableFont(font, {"wght": weight, "wdth": 100.0}, updateFontNames=True)
    options = Options()
    options.hinting = False
    options.layout_features = []
    options.drop_tables += ["GDEF", "GPOS", "GSUB", "STAT", "gasp", "prep"]
    options.name_IDs = NAMES_KEPT
    options.name_languages = [0x0409]
    options.glyph_names = False
    options.notdef_outline = True
    options.recalc_timestamp = False
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[code for first, last in BLOCKS for code in range(first, last + 1)])
    subsetter.subset(font)
    return font


def main(folder: Path) -> None:
    """Write one file for each of `STYLES` into `folder`."""
    variable = find_variable_font()
    for style, weight in STYLES.items():
        target = folder / f"NotoSans-{style}.ttf"
        make_static(variable, weight=weight).save(target, reorderTables=True)
        print(f"{target}: {target.stat().st_size} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[1] / "assets" / "fonts")
