"""Purchasing: from what projects miss to what suppliers delivered.

Owns besoin (what each feuille misses), negociation, commande and reception.
Announces NegociationOuverte, CommandePassee, BesoinsCommandes, ReceptionValidee, CommandeCloturee, FichiersCommandeModifies.
Listens to FeuilleCreee, FeuilleModifiee, FeuilleValidee and FeuilleRouverte (needs), BesoinsPressentis (unsigned needs),
to its own CommandePassee, and keeps copies of tiers, products, stock per agency, serial numbers and the company.
"""
