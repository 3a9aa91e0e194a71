"""The exchange of an object at a client's: the old one comes back, another takes its place, in one gesture."""
