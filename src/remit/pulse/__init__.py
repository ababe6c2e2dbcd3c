"""Short surveys, anonymous by construction: asked by a rhythm, counted, shown where nobody is exposed."""
