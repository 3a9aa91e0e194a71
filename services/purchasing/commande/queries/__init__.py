"""What is read about orders: screens, and what they cover of the needs."""
