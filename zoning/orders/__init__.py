"""Orders: their states, and what is in force at any time."""
