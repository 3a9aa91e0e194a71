"""My notifications, the bell of the top bar, and how I want to be told."""
