"""Folium layers of the map: zones, facilities, and what changes in them."""
