"""What the stock was worth at a date: the movements up to then, each at what the object really cost."""
