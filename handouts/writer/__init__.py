"""A Document as PDF bytes."""
