"""What a van, or any place, must carry of each product, and the transfer from its depot that refills it."""
