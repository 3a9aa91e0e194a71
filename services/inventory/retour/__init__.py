"""Objects sent back to their supplier (RMA): a credit or a replacement is expected, both lives stay linked."""
