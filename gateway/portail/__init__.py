"""Public pages: no account, a link opens them."""
