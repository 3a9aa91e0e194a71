"""What staff, deliveries and visits can cause to equipment."""
