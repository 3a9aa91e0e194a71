"""Files attached to factures and to supplier invoices. What was issued stays as it is: they are kept beside."""
