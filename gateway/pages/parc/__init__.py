"""What clients own, the contracts that cover it, visits and tariff agreements."""
