"""The file an invoice came in, and the message that says to its supplier what became of it."""
