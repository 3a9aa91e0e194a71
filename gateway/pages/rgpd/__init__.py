"""A person asks what is held about them, or to be forgotten: the rights of access and erasure (RGPD, articles 15 and 17)."""
