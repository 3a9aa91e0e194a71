"""The palette: one field that finds anything."""
