"""The balance of each product in each depot: the row everybody locks before anything moves."""
