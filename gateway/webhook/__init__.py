"""Facts told to programs outside: to each address registered, signed, at least once, within the rights of who answers for it."""
