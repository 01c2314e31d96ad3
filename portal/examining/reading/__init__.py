"""From disk to values: descriptors become datasets. Nothing here judges; what cannot be read at all is a finding."""
