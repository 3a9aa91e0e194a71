"""The frozen content of an invoice, and its paper."""
