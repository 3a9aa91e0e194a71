"""The load: what people can do in the coming weeks, and what is already planned."""
