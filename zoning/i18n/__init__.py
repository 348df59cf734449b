"""Message catalogues and Indian forms of numbers and dates."""
