"""The seven services: each owns its database and tells the others facts."""
