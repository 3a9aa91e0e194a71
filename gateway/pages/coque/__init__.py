"""The shell every screen shares: navigation, formats, macros and base templates."""
