"""Rule sets as data: one dated, sourced TOML file each, read by `rulebook`."""
