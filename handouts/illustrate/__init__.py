"""Draws figures from poses written as text: an optional extra that needs NumPy and SciPy; only `handouts figure` imports it.

The way: a pose sheet (`assets/poses/<exercise>.yaml`) ─► `solving` (joint angles) ─► `skinning` (a clothed mesh) ─► `raster`
(one z-buffer) ─► `tracing` (smooth outlines) and `overlays` (target area, arrows, mat) ─► `assets` (a
compact file); `artist` walks it.

Axes everywhere: x to the person's left, y up, z forward; metres and degrees. "Rest" is the body as its mesh is stored.
"""
