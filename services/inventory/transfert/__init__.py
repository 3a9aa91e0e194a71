"""Goods sent from one depot to another: in transit until they are received, differences settled."""
