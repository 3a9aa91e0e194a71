"""The roles of the company and what each may do."""
