"""A clinic's own pictures of poses: SVG drawings and photos, read into figures."""

from __future__ import annotations

from handouts.figure_files import PictureFile
from handouts.looks import Edition
from handouts.pages.figures import Figure, column_share


def read_own_picture(file: PictureFile, edition: Edition) -> Figure:
    """The figure of an SVG, PNG or JPEG file, for this edition.

    Raises:
        InputError: it cannot be used; the problem names the file, in an SVG with its line.

    """
    if file.path.suffix.lower() == ".svg":
        from handouts.pages.svg.reading import read_svg

        return read_svg(file.path, file.shown, file.key, root=file.root)
    from handouts.pages.photos import read_photo

    return read_photo(file.path, file.shown, file.key, widest_column(edition, 1), root=file.root)


def widest_column(edition: Edition, pictures: int) -> float:
    """The width in points of the column of so many pictures on the widest paper."""
    frame = edition.frames.following[0]
    card = max(paper.width for paper in edition.papers.values()) - frame.start - frame.end
    if edition.cards.layout == "above":
        return card
    return card * max(column_share(size, pictures) for size in edition.pictures.tries)
