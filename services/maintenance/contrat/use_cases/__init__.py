"""What staff, sales and time can cause to contracts."""
