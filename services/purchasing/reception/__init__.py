"""A reception: goods checked in against one or several orders of a supplier."""
