"""Files out: each is written beside its place and moved there when complete."""
