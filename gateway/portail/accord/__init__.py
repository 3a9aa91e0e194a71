"""The page behind the link mailed with intervention tariffs."""
