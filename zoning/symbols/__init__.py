"""Colours, patterns, letters and shapes: one source for every drawing."""
