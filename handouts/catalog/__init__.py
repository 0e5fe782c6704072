"""The catalogue: facts of exercises, routines and rules, their words per language, and the clinics."""
