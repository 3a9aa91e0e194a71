"""A team: collaborators planned together."""
