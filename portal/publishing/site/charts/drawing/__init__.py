"""Drawing: a chart's values in, SVG text out; pure, in two sizes, in colours that the page or the file decides."""
