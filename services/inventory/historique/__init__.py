"""A historique: one physical object (or one traceable quantity) and its whole life. Never a log."""
