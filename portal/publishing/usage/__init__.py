"""Use, counted: access logs become counts per dataset and day, without addresses; the build reads the counts."""
