"""Facilities: how fresh, how plausible, how verified their figures are."""
