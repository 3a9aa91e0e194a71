"""What every test may ask for: a fresh database, a broker of its own, a clock, a token, a running service."""
