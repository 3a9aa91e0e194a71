"""The rules of a proposition, pure: its figures, its life, what a save changed."""
