"""Quotes: etudes, the line editor, sending and signing, models, shelves."""
