"""What this service keeps of the facts of others: tiers, staff, coverage by contracts and tariffs."""
