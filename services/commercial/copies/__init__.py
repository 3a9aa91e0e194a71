"""What this service remembers of the others, fed by their facts: enough to work when they are stopped."""
