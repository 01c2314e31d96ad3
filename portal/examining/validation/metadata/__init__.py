"""Validation of descriptions: the rules on titles, licences, resource codes and departments."""
