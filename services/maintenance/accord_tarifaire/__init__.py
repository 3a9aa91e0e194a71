"""Intervention tariffs a client without contract accepts or refuses before anybody comes."""
