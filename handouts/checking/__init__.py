"""Brings the checks of `quality` to what is checked: workspaces, clinics, request files, finished PDFs."""
