"""The words of the directory, so that a small typing error still finds somebody."""
