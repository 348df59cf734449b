"""Measures: what is allowed where, as published memos say it."""
