"""Demandes over HTTP."""
