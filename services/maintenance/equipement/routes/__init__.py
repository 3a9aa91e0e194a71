"""Parcs, equipment, places and groups over HTTP."""
