"""A sending: the devis printed, kept, mailed to the client with a link to sign."""
