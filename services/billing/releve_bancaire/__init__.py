"""A bank statement: read, recognised against invoices, what remains shown (rapprochement)."""
