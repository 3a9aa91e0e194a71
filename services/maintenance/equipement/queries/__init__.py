"""Screens about parcs and equipment."""
