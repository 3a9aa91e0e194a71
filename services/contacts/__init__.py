"""Contacts: the directory everybody works from.

Owns tiers (with their addresses, people and bank details), collaborators, teams, the company and its agencies.
Announces TiersCree, TiersModifie, ProspectConverti, CollaborateurModifie, EquipeModifiee, SocieteModifiee, EncoursModifie,
FichiersTiersModifies.
Listens to DevisValide, AffaireClientCreee, FactureEmise and FacturePayee, to keep each client's encours.
"""
