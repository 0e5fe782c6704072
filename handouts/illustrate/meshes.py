"""Meshes: neighbours, normals, smoothing, and one step of Catmull-Clark subdivision as a matrix."""

from __future__ import annotations

import numpy as np
from scipy import sparse
from scipy.sparse.linalg import factorized

from handouts.illustrate.body import Ints
from handouts.illustrate.rotations import Floats, unit


def triangulate(quads: Ints) -> Ints:
    """Two triangles for each quadrilateral."""
    return np.vstack([quads[:, [0, 1, 2]], quads[:, [0, 2, 3]]])


def vertex_normals(points: Floats, triangles: Ints) -> Floats:
    """Unit normals at the points, each the mean of the triangles around it weighted by area."""
    a, b, c = (points[triangles[:, k]] for k in range(3))
    across = np.cross(b - a, c - a)
    normals = np.zeros_like(points)
    for k in range(3):
        np.add.at(normals, triangles[:, k], across)
    return unit(normals)


def neighbour_mean(quads: Ints, count: int) -> sparse.csr_matrix:
    """A matrix that replaces each point by the mean of its neighbours."""
    edges = np.vstack([quads[:, [k, (k + 1) % 4]] for k in range(4)])
    edges = np.vstack([edges, edges[:, ::-1]])
    links = sparse.csr_matrix((np.ones(len(edges)), (edges[:, 0], edges[:, 1])), shape=(count, count))
    links.data[:] = 1.0
    degree = np.maximum(np.asarray(links.sum(axis=1)).ravel(), 1)
    return sparse.csr_matrix(sparse.diags(1 / degree) @ links)


def smooth(points: Floats, mean: sparse.csr_matrix, steps: int, amount: float | Floats) -> Floats:
    """Move every point towards the mean of its neighbours, several times; `amount` is 0 to 1, for all or for each."""
    for _ in range(steps):
        points = points + amount * (mean @ points - points)
    return points


def level_out(points: Floats, quads: Ints, reach: Floats) -> Floats:
    """Take forms smaller than `reach` (metres, at each point; 0: leave it) out of a surface, whatever the density of its mesh.

    A screened Poisson equation: as smooth as can be, while staying near the old place, weighted by each point's area.
    """
    count = len(points)
    edges = np.unique(np.sort(np.vstack([quads[:, [k, (k + 1) % 4]] for k in range(4)]), axis=1), axis=0)
    square = ((points[edges[:, 0]] - points[edges[:, 1]]) ** 2).sum(axis=1)
    number = np.maximum(np.bincount(edges.ravel(), minlength=count), 1)
    area = np.bincount(edges.ravel(), weights=np.repeat(square, 2), minlength=count) / number
    links = sparse.csr_matrix((np.ones(len(edges)), (edges[:, 0], edges[:, 1])), shape=(count, count))
    links = links + links.T
    differences = sparse.diags(np.asarray(links.sum(axis=1)).ravel()) - links
    kept = np.flatnonzero(reach <= 1e-4)
    hold = area / np.maximum(reach, 1e-4) ** 2
    hold[kept] = 1e6
    solved = factorized(sparse.csc_matrix(differences + sparse.diags(hold)))
    levelled = np.stack([solved(hold * points[:, k]) for k in range(3)], axis=1)
    levelled[kept] = points[kept]
    return levelled


def local_frames(points: Floats, triangles: Ints, neighbour: Ints) -> Floats:
    """A frame of axes at every point (n, 3, 3): along a neighbour, across, and the normal."""
    normals = vertex_normals(points, triangles)
    along = points[neighbour] - points
    along = unit(along - normals * (along * normals).sum(axis=1, keepdims=True))
    return np.stack([along, np.cross(normals, along), normals], axis=-1)


def subdivide(quads: Ints, count: int) -> tuple[sparse.csr_matrix, Ints]:
    """One step of Catmull-Clark (Computer-Aided Design 10, 1978): a matrix from old to new points, and the new quads.

    New points are the old ones moved, then one for each edge, then one for each face. On a border (the mesh has holes at the
    eyes and the mouth) edges keep their middle and points move only along the border.
    """
    edge_number: dict[tuple[int, int], int] = {}
    faces_of: list[list[int]] = []
    face_edges = np.empty((len(quads), 4), np.int64)
    for face, corners in enumerate(quads.tolist()):
        for k in range(4):
            a, b = corners[k], corners[(k + 1) % 4]
            key = (a, b) if a < b else (b, a)
            edge = edge_number.setdefault(key, len(edge_number))
            if edge == len(faces_of):
                faces_of.append([])
            faces_of[edge].append(face)
            face_edges[face, k] = edge
    ends = np.array(list(edge_number))
    border = np.array([len(faces) != 2 for faces in faces_of])
    face_points = _average(np.repeat(np.arange(len(quads)), 4), quads.ravel(), (len(quads), count))
    middles = _average(np.repeat(np.arange(len(ends)), 2), ends.ravel(), (len(ends), count))
    inner = np.flatnonzero(~border)
    beside = _average(np.repeat(inner, 2), np.array([face for edge in inner for face in faces_of[edge]]), (len(ends), len(quads)))
    share = np.where(border, 1.0, 0.5)
    edge_points = sparse.diags(share) @ middles + sparse.diags(1 - share) @ (beside @ face_points)
    moved = _moved_points(quads, ends, border, face_points, middles, count)
    matrix = sparse.csr_matrix(sparse.vstack([moved, edge_points, face_points]))
    around = np.empty((len(quads), 4, 4), np.int64)
    for k in range(4):
        around[:, k, 0] = quads[:, k]
        around[:, k, 1] = count + face_edges[:, k]
        around[:, k, 2] = count + len(ends) + np.arange(len(quads))
        around[:, k, 3] = count + face_edges[:, (k - 1) % 4]
    return matrix, around.reshape(-1, 4)


def _average(rows: Ints, columns: Ints, shape: tuple[int, int]) -> sparse.csr_matrix:
    """A matrix whose rows are means of the columns named."""
    matrix = sparse.csr_matrix((np.ones(len(rows)), (rows, columns)), shape=shape)
    total = np.maximum(np.asarray(matrix.sum(axis=1)).ravel(), 1)
    return sparse.csr_matrix(sparse.diags(1 / total) @ matrix)


def _moved_points(
    quads: Ints, ends: Ints, border: np.ndarray, face_points: sparse.csr_matrix, middles: sparse.csr_matrix, count: int
) -> sparse.csr_matrix:
    """(F + 2 R + (n - 3) P) / n inside, 3/4 P + 1/4 of the neighbours along a border."""
    valence = np.maximum(np.bincount(ends.ravel(), minlength=count), 1)
    of_faces = _average(quads.ravel(), np.repeat(np.arange(len(quads)), 4), (count, len(quads))) @ face_points
    of_edges = _average(ends.ravel(), np.repeat(np.arange(len(ends)), 2), (count, len(ends))) @ middles
    inside = sparse.diags(1 / valence) @ of_faces + sparse.diags(2 / valence) @ of_edges + sparse.diags((valence - 3) / valence)
    edges = ends[border]
    along = _average(edges.ravel(), edges[:, ::-1].ravel(), (count, count))
    on_border = np.zeros(count)
    on_border[edges.ravel()] = 1.0
    outer = sparse.diags(np.full(count, 0.75)) + 0.25 * along
    return sparse.diags(1 - on_border) @ inside + sparse.diags(on_border) @ outer
