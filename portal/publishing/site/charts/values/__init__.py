"""Values: what was read of rows becomes the values of a chart, over time or by category; pure, bounded, in order."""
