"""The demo's local mailbox: what would have been sent."""
