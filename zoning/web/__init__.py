"""HTTP routes: boundaries, live data, scripts and styles."""
