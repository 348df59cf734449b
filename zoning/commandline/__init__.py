"""Commands by subject; `zoning.__main__` joins them."""
