"""Somebody is not there: the planning hatches his half-days."""
