"""What staff can cause to an order, and what its facts announce."""
