"""A user account: who may sign in, with which roles, from which sessions and tokens."""
