"""Who follows a demande without being in charge of it, and who is named in its notes."""
