"""What was said with a contact, or about it, whatever the demande."""
