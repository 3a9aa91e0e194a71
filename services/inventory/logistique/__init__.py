"""What the logistics supervisor sees and does: who waits for what, in which sequence, and the run of reservations."""
