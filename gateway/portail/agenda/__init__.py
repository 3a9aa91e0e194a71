"""The agenda of a person, read by his own program."""
