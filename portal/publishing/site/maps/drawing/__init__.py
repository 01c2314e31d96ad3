"""The picture of a map: its frame, classes, marks of points, lines and areas, as SVG and as files beside the page."""
