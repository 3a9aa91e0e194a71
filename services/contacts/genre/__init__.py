"""The kinds of tiers a company tells apart: three the product acts upon, and those administrators add."""
