"""What anybody's phone shows when it scans a label: who to call, and nothing a stranger should know."""
