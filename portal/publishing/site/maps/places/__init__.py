"""Where the rows of a table lie on the Earth: coordinates, geometries, outlines with fewer positions."""
