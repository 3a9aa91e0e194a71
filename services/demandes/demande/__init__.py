"""A demande: what somebody asked for, and everything that happened to it."""
