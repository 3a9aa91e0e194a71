"""What accounts and receptions can cause to a received invoice: its match, and what its supplier is told of it."""
