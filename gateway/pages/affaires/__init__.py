"""Affaires: the project files, thin for now."""
