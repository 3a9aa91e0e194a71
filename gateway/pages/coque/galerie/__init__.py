"""A living gallery of every macro with sample data: a small server for development and screenshots."""
