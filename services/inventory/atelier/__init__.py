"""What the workshop and the field do to an object: configure, tick, label, choose its visibility."""
