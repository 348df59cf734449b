"""Scripts, styles and pictures served to browsers from our own folder."""
