"""Above which amount a role must have its orders approved."""
