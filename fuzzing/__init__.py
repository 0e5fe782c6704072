"""Attacks on the built program: hostile text and files with their results, and fuzzing that runs for as long as is asked."""
