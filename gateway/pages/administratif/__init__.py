"""Accounts: what is to invoice, invoices, supplier invoices, the monthly run."""
