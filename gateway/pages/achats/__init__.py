"""Buying and receiving: needs, negociations, supplier files, orders, receptions."""
