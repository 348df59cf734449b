"""The fictional demonstration district: its generator, and its files.

Every place, person, number and telephone in it is invented; its codes begin
with `FX-`. `python -m zoning.demo` writes `data/boundaries/demo/` anew.
"""
