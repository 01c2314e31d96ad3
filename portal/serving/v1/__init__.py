"""The portal's own API at ``/api/v1``: views, shapes of answers, OpenAPI document."""
