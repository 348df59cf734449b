"""Where things lie: shared borders, booth areas, points in units, names."""
