"""Who is at the other end of a request: cookie session of a person, or bearer token of a program."""
