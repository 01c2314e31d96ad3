"""What each template may use, as frozen dataclasses."""
