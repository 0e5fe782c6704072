"""Illustrated, safe, accessible exercise handouts for people with low back and hip pain."""
