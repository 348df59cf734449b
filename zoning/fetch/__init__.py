"""Fetching open boundaries from the addresses of a catalogue."""
