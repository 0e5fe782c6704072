"""SVG drawings as PDF operators: a strict part of SVG, read without ever following a reference or running anything."""
