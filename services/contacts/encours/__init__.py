"""What each client owes or will owe: documents of other services, kept as their facts told them."""
