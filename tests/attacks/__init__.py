"""Attacks on the built program: files and paths that somebody hostile may send, and what runs and measures them."""
