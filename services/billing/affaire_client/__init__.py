"""An affaire client: what is ready to be invoiced, checked by accounts before the invoice is issued."""
