"""The client's page of a devis: read it, accept it, refuse it."""
