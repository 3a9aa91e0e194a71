"""How what a client owns is organised: his parc, its places and its groups."""
