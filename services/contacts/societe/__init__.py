"""The company itself: its identity on documents, its agencies, its general settings."""
