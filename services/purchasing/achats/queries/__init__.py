"""What the buyer's screens read: needs by product, suppliers."""
