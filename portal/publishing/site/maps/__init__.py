"""Maps without foreign tiles: points, lines and areas of open tables and GeoJSON, drawn while the site is rendered.

The core is pure: frozen values in, an accessible SVG out. Nothing is fetched, when a map is drawn or when it is looked
at. Where a rule cannot tell where something lies, it is not drawn, and the page says so.
"""
