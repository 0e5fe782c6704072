"""From pixels to a drawing: areas of materials, outlines, lines where one part covers another, shade, face.

One test finds every line: two neighbouring pixels whose materials differ, or whose places on the *resting* body are far apart.
That covers outlines, limbs before limbs, folds and hems alike.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
from scipy import ndimage

from handouts.illustrate.body import Ints
from handouts.illustrate.curves import taper
from handouts.illustrate.face import Face
from handouts.illustrate.joining import join_lines
from handouts.illustrate.paths import FACE_ERROR, LINE_ERROR, THING_ERROR, Path, closed_path, open_path
from handouts.illustrate.planar import Chain, Edges, PlanarMap
from handouts.illustrate.rotations import Floats, unit
from handouts.illustrate.scene import BODY_MATERIALS, Mask, Material, Scene
from handouts.illustrate.skinning import Shape

Layers = dict[str, list[Path]]

_JUMP, _CLEAR_JUMP = 0.013, 0.030  # metres at rest between neighbours: a line, and surely a line
_CLEAR_PIXELS = 25
_SHORTEST, _SHORTEST_FREE, _SHORTEST_LOOSE = 10, 24, 60  # pixels of a line; with one free end; with two
_COVERED = 6  # points: a shorter line between others is covered by their round ends
_SIGMA, _MASK_SIGMA = 3.2, 3.5  # smoothing of chains, pixels
_LEAST_AREA = 20  # points of an outline
_INNER_WIDTH = 7.0  # of tapered lines, as palettes draw inner lines
_LIGHT = unit(np.array([-0.45, 0.75, 0.5]))  # from the upper left front, in camera axes
_SHADED, _SHADE_BLUR, _LEAST_SHADE = 0.02, 5.0, 1600
_FACING = 0.12  # a feature of the face is drawn where the skin faces the eye
_NEAR = 0.012  # metres between a feature and what is seen there

_AREA_LAYERS: Mapping[Material, str] = {
    Material.PROP: "prop",
    Material.PROP_FRONT: "prop-front",
    Material.PROP_SHADE: "prop-shade",
    Material.PAD: "pad",
    Material.PAD_FRONT: "pad-front",
    Material.PAD_SHADE: "pad-shade",
    Material.SHIRT: "shirt",
    Material.SHORTS: "shorts",
    Material.HAIR: "hair",
    Material.SHOE: "shoe",
}
_SHADES = {
    Material.SKIN: "skin-shade",
    Material.SHIRT: "shirt-shade",
    Material.SHORTS: "shorts-shade",
    Material.HAIR: "hair-shade",
}


def trace(scene: Scene, shape: Shape, face: Face) -> Layers:
    """The layers of a person and things, in drawing units."""
    jumps = _Jumps(scene)
    chart = _find_lines(scene, jumps, face)
    points = chart.smoothed(_SIGMA)
    layers: Layers = {"skin": _areas(scene, chart, points, tuple(BODY_MATERIALS))}
    for material, layer in _AREA_LAYERS.items():
        layers[layer] = _areas(scene, chart, points, (material,))
    layers.update(_shade(scene))
    _add_lines(layers, scene, chart, points, jumps)
    _add_face(layers, scene, shape, face)
    return {layer: paths for layer, paths in layers.items() if paths}


class _Jumps:
    """How far the resting places of neighbouring pixels are apart: metres, shaped like `Edges`."""

    def __init__(self, scene: Scene) -> None:
        height, width = scene.materials.shape
        self.across, self.down = np.zeros((height + 1, width)), np.zeros((height, width + 1))
        rest, seen = np.where(scene.seen[..., None], scene.rest, 0.0), scene.seen
        self.across[1:-1] = np.where(seen[1:] & seen[:-1], np.linalg.norm(rest[1:] - rest[:-1], axis=-1), 0)
        self.down[:, 1:-1] = np.where(seen[:, 1:] & seen[:, :-1], np.linalg.norm(rest[:, 1:] - rest[:, :-1], axis=-1), 0)

    def edges(self) -> Edges:
        """The edges that may be lines."""
        return Edges(self.across > _JUMP, self.down > _JUMP)

    def along(self, chain: Chain) -> Floats:
        """The jumps along a chain."""
        return chain.values(self.across, self.down)


def _find_lines(scene: Scene, jumps: _Jumps, face: Face) -> PlanarMap:
    """The map of all borders and of the lines worth drawing."""
    labels = scene.materials
    clear = Edges.none(*labels.shape)
    for chain in PlanarMap(labels, jumps.edges()).chains:
        jump = jumps.along(chain)
        if len(jump) >= 8 and (np.percentile(jump, 75) > _CLEAR_JUMP or int((jump > _CLEAR_JUMP).sum()) > _CLEAR_PIXELS):
            chain.mark(clear)
    hidden = face.hides_lines(scene.rest) & scene.body
    clear = clear.without(_beside(hidden))
    borders = Edges.between_labels(labels)
    for _ in range(2):
        chart = PlanarMap(labels, clear)
        spurs = Edges.none(*labels.shape)
        for chain in chart.chains:
            if chain.sides[0] == chain.sides[1] and _is_spur(chain):
                chain.mark(spurs)
        if not (spurs.across.any() or spurs.down.any()):
            return chart
        clear = clear.without(spurs).without(borders)
    return PlanarMap(labels, clear)


def _is_spur(chain: Chain) -> bool:
    length, free = len(chain.corners), chain.free_start + chain.free_end
    return length < _SHORTEST or (free >= 1 and length < _SHORTEST_FREE) or (free == 2 and length < _SHORTEST_LOOSE)


def _beside(mask: Mask) -> Edges:
    """All edges of the pixels of a mask."""
    edges = Edges.none(*mask.shape)
    edges.across[:-1] |= mask
    edges.across[1:] |= mask
    edges.down[:, :-1] |= mask
    edges.down[:, 1:] |= mask
    return edges


def _areas(scene: Scene, chart: PlanarMap, points: list[Floats], materials: tuple[Material, ...]) -> list[Path]:
    wanted = {int(material) for material in materials}
    of_thing = min(wanted) >= Material.PROP
    return _shapes(chart.outlines(lambda label: label in wanted, points), scene, of_thing=of_thing)


def _shapes(outlines: list[Floats], scene: Scene, *, of_thing: bool = False) -> list[Path]:
    units = (scene.frame.to_units(outline) for outline in outlines if len(outline) >= _LEAST_AREA)
    paths = (closed_path(outline, of_thing=of_thing) for outline in units)
    return [path for path in paths if path is not None]


def outline_mask(mask: Mask, scene: Scene) -> list[Path]:
    """The smooth outlines of a mask of the picture's pixels."""
    chart = PlanarMap(np.pad(mask, 2).astype(np.int64))
    points = [chain - 2 for chain in chart.smoothed(_MASK_SIGMA)]
    return _shapes(chart.outlines(lambda label: label > 0, points), scene)


def _shade(scene: Scene) -> Layers:
    """One step of shade where the light does not reach, a layer for each material."""
    seen = scene.seen.astype(float)
    lit = np.where(scene.seen, scene.normals @ _LIGHT, 0.0)
    smooth = ndimage.gaussian_filter(lit * seen, _SHADE_BLUR) / np.maximum(ndimage.gaussian_filter(seen, _SHADE_BLUR), 1e-3)
    dark = ndimage.binary_opening((smooth < _SHADED) & scene.body, iterations=5)
    spots, count = ndimage.label(dark)
    if count:
        dark &= ~np.isin(spots, np.flatnonzero(np.bincount(spots.ravel()) < _LEAST_SHADE))
    return {layer: outline_mask(dark & (scene.materials == material), scene) for material, layer in _SHADES.items()}


def _add_lines(layers: Layers, scene: Scene, chart: PlanarMap, points: list[Floats], jumps: _Jumps) -> None:
    """Outlines, lines before other parts, and thin ones (hems, edges of things); free ends grow thin."""
    lines: dict[tuple[str, bool, bool], list[Floats]] = {}
    for chain, line in zip(chart.chains, points, strict=True):
        layer = _line_layer(*chain.sides, float(np.median(jumps.along(chain))))
        if layer is None:
            continue
        if layer == "inner" and (chain.free_start or chain.free_end):
            units = scene.frame.to_units(line)
            path = closed_path(taper(units, _INNER_WIDTH, start=chain.free_start, end=chain.free_end), LINE_ERROR)
            if path is not None:
                layers.setdefault("taper", []).append(path)
        else:
            of_thing = layer == "detail" and max(chain.sides) >= Material.PROP
            lines.setdefault((layer, of_thing, 0 in chain.sides), []).append(line)
    for (layer, of_thing, at_edge), drawn in lines.items():
        for line in join_lines(drawn):
            if len(line) < _COVERED and not at_edge:  # at the edge of a figure even a small gap shows
                continue
            ring = np.array_equal(line[0], line[-1])
            error = THING_ERROR if of_thing else LINE_ERROR
            path = open_path(scene.frame.to_units(line), error, ring=ring, of_thing=of_thing)
            if path is not None:
                layers.setdefault(layer, []).append(path)


def _line_layer(first: int, second: int, jump: float) -> str | None:
    """The layer of a line between two materials; None on a round thing where its front turns into its shaded side."""
    low, high = min(first, second), max(first, second)
    if low >= Material.PROP:
        return "detail" if jump > _JUMP else None
    if low == 0:
        return "detail" if high >= Material.PROP else "outline"
    return "inner" if jump > _JUMP else "detail"


def _add_face(layers: Layers, scene: Scene, shape: Shape, face: Face) -> None:
    """The features of the face, as far as they are seen."""
    for feature in face.features:
        pixels = scene.frame.project(shape.carry_with_head(feature.rest))
        shown = _is_shown(scene, pixels, feature.rest)
        for run in _runs(shown):
            line = scene.frame.to_units(pixels[run])
            if feature.layer == "eye":
                path = open_path(line, 0.1)
            elif len(line) >= 4:
                path = open_path(line, FACE_ERROR)
            else:
                continue
            if path is not None:
                layers.setdefault(feature.layer, []).append(path)


def _is_shown(scene: Scene, pixels: Floats, rest: Floats) -> Mask:
    height, width = scene.materials.shape
    x, y = pixels[:, 0].astype(np.int64), pixels[:, 1].astype(np.int64)
    inside = (x >= 0) & (x < width) & (y >= 0) & (y < height)
    x, y = np.clip(x, 0, width - 1), np.clip(y, 0, height - 1)
    there = np.linalg.norm(scene.rest[y, x] - rest, axis=1) < _NEAR
    return inside & scene.body[y, x] & there & (scene.normals[y, x, 2] > _FACING)


def _runs(shown: Mask) -> Iterator[Ints]:
    """The stretches of a mask along a line."""
    places = np.flatnonzero(shown)
    yield from (run for run in np.split(places, np.flatnonzero(np.diff(places) > 1) + 1) if len(run))
