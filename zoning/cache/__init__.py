"""Results kept by the hash of what they were made from."""
