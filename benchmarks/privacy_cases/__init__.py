"""Made-up cases for the privacy gate: evasions that must be found, look-alikes that must pass."""
