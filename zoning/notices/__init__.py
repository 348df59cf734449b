"""Notices: feeds and messages that carry published orders out."""
