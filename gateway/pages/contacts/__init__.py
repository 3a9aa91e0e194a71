"""The directory: lists, files, forms."""
