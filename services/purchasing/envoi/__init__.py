"""Mails to suppliers: requests for prices and orders, with the exact file that left."""
