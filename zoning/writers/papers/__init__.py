"""Orders as documents: PDF, HTML and JSON for everyone, the sealed annex, press note, return."""
