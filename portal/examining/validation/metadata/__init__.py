"""Validation of metadata: the rules on titles, licences, dates, resource codes and departments."""
