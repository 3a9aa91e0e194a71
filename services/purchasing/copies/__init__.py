"""What purchasing remembers of other services: suppliers, products, stock per agency, the company."""
