"""Small read copies of what other services own, fed by their facts."""
