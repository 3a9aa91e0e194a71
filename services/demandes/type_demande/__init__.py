"""A type of demande: its states, the moves people may make, the rules that turn facts into moves."""
