"""Files attached to études and affaires."""
