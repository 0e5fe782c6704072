"""Measures a finished PDF, ours or another program's: its tags with pypdf, what its pages show with PDFium."""
