"""What a statement file says and which invoices it pays. Pure."""
