"""What at least three services need, and the contracts they exchange. Knows no service."""
