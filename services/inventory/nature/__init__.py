"""A nature of stock: what goods kept somewhere are good for. One of them is the main one of the company."""
