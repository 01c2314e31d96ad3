"""Quality of what is published: metadata score, stars, freshness, data, links. Every point explains itself."""
