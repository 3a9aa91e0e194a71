"""What billing keeps of the other services: parties, contracts, signed tariffs."""
