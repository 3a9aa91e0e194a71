"""How the gateway speaks to the services: the only HTTP between parts of the system."""
