"""What a camera sees of a person among things: for each pixel the material, and where on the resting body it lies."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from handouts.illustrate.body import Ints
from handouts.illustrate.meshes import vertex_normals
from handouts.illustrate.props import Facet, solidify
from handouts.illustrate.raster import Frame, rasterise
from handouts.illustrate.rotations import Floats, unit
from handouts.illustrate.skinning import ClothedBody, Shape
from handouts.nouns import dataclass

Mask = NDArray[np.bool_]


class Material(IntEnum):
    """What a pixel shows. Objects have a top, a front and a shaded side, light or dark."""

    NOTHING = 0
    SKIN = 1
    SHIRT = 2
    SHORTS = 3
    HAIR = 4
    SHOE = 5
    PROP = 6
    PROP_FRONT = 7
    PROP_SHADE = 8
    PAD = 9
    PAD_FRONT = 10
    PAD_SHADE = 11


BODY_MATERIALS = (Material.SKIN, Material.SHIRT, Material.SHORTS, Material.HAIR, Material.SHOE)
_FIRST_PROP = Material.PROP
_PAD_AFTER = Material.PAD - Material.PROP
_BODY, _KNOT, _PROP, _PAD = 0.0, 1.0, 2.0, 3.0  # tags
_SPECK = 30  # pixels: smaller spots of a material are painted over
_FAR = 50.0  # metres: facets of props get rest places far from the body and from one another
_TOP, _SIDE = 0.6, 0.35  # of a facet's normal, upwards and to the right


@dataclass(frozen=True, slots=True)
class Scene:
    """One picture as pixels."""

    frame: Frame
    materials: Ints  # (height, width), of Material
    rest: Floats  # (height, width, 3): the place on the resting body; facets of props lie far off
    normals: Floats  # towards the eye, in camera axes
    arm: Floats  # how much the arm moves what is seen, 0 to 1

    @property
    def seen(self) -> Mask:
        """Where anything is seen."""
        return self.materials > 0

    @property
    def body(self) -> Mask:
        """Where the person is seen."""
        return self.seen & (self.materials < _FIRST_PROP)


def look_at(clothed: ClothedBody, shape: Shape, facets: Sequence[Facet], frame: Frame) -> Scene:
    """See a person and things through a camera's window."""
    points, triangles, values = _person(shape, frame)
    solid = solidify(facets)
    if len(solid.points):
        seen = solid.points @ frame.turn.T
        flat = np.cross(seen[1::3] - seen[::3], seen[2::3] - seen[::3])
        flat = unit(flat * np.sign(flat[:, 2:] + 1e-9))
        rest = np.stack([_FAR + solid.facet, np.full(len(solid.facet), _FAR), np.full(len(solid.facet), _FAR)], axis=1)
        tag = np.where(solid.is_pad, _PAD, _PROP)
        nothing = np.zeros((len(tag), 4))
        triangles = np.vstack([triangles, solid.triangles + len(points)])
        points = np.vstack([points, solid.points])
        values = np.vstack([values, np.hstack([rest, nothing, np.repeat(flat, 3, axis=0), tag[:, None]])])
    hits = rasterise(frame.project(points), triangles, values, frame.width, frame.height)
    rest, parts = hits.values[..., :3], hits.values[..., 3:7]
    normals, tag = hits.values[..., 7:10], hits.values[..., 10]
    materials = _name_materials(clothed, rest, parts, tag, hits.seen)
    is_prop = hits.seen & (tag > _PROP - 0.5)
    up = (normals @ frame.turn)[..., 1]
    face = np.where(up > _TOP, Material.PROP, np.where(normals[..., 0] > _SIDE, Material.PROP_SHADE, Material.PROP_FRONT))
    materials[is_prop] = face[is_prop] + np.where(tag[is_prop] > _PAD - 0.5, _PAD_AFTER, 0)
    _paint_over_specks(materials)
    return Scene(frame, materials, rest, normals, parts[..., 0])


def _person(shape: Shape, frame: Frame) -> tuple[Floats, Ints, Floats]:
    """Points, triangles and values (rest, parts, normal, tag) of the body, the eyes and the knot of hair."""
    points, triangles = [shape.points], [shape.triangles]
    rests, parts = [shape.rest], [shape.parts]
    tags = [np.full(len(shape.points), _BODY)]
    count = len(shape.points)
    for ball, tag in ((shape.eyes, _BODY), (shape.knot, _KNOT)):
        if ball is None:
            continue
        points.append(ball.points)
        triangles.append(ball.triangles + count)
        lifted = ball.rest + np.array([0, tag * 0.5, 0])  # far enough from the head that a line divides them
        rests.append(lifted)
        parts.append(np.tile([0.0, 1.0, 0.5, 0.0], (len(ball.points), 1)))
        tags.append(np.full(len(ball.points), tag))
        count += len(ball.points)
    all_points, all_triangles = np.vstack(points), np.vstack(triangles)
    normals = vertex_normals(all_points @ frame.turn.T, all_triangles)
    return all_points, all_triangles, np.hstack([np.vstack(rests), np.vstack(parts), normals, np.concatenate(tags)[:, None]])


def _name_materials(clothed: ClothedBody, rest: Floats, parts: Floats, tag: Floats, seen: Mask) -> Ints:
    materials = np.zeros(seen.shape, np.int64)
    cover = clothed.wardrobe.cover(rest[seen], *(parts[seen][:, k] for k in (0, 1, 3)))
    named = np.full(int(seen.sum()), int(Material.SKIN))
    named[cover.hair > 0] = Material.HAIR
    if clothed.shoes:
        named[cover.shoes > 0] = Material.SHOE
    named[cover.shorts > 0] = Material.SHORTS
    named[cover.shirt > 0] = Material.SHIRT
    named[np.abs(tag[seen] - _KNOT) < 0.5] = Material.HAIR
    materials[seen] = named
    return materials


def _paint_over_specks(materials: Ints) -> None:
    for material in BODY_MATERIALS:
        spots, count = ndimage.label(materials == material)
        if not count:
            continue
        small = np.flatnonzero(np.bincount(spots.ravel()) < _SPECK)
        speck = np.isin(spots, small) & (spots > 0)
        materials[speck] = Material.SKIN if material is not Material.SKIN else Material.SHIRT
