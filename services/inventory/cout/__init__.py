"""What objects really cost: what their supplier's invoice, once accepted, makes of the cost of their reception."""
