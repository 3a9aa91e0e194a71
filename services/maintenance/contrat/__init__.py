"""A maintenance contract: what it bills, what it covers, how often somebody comes."""
