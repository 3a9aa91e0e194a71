"""What is read about receptions: screens, and who waits for the goods."""
