"""My account: who I am here, where I land, my password, my open sessions."""
