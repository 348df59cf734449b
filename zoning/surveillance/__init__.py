"""From cases and tests to counts and indicators."""
