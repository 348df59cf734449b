"""The static public output: zones and dates only, never a count."""
