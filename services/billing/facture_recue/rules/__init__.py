"""What an electronic invoice says, whatever its syntax, and whether it holds together. Pure."""
