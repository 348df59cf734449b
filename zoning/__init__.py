"""Seemana: zones, categories, orders and the facts behind them."""

__version__ = "0.1.0"
