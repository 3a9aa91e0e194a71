"""Billing: from what is ready to be invoiced to what is paid.

Owns affaires client, factures (and avoirs), reglements, affaires fournisseur, factures recues, the contracts' schedule, campagnes.
Announces AffaireClientCreee, FactureEmise, FactureEnvoyee, FacturePayee, AffaireFournisseurCreee, CampagneTerminee,
FichiersFactureModifies, FichiersAchatModifies.
Listens to FeuilleValidee, FeuilleRouverte, ReceptionValidee, ContratModifie, TempsSaisi, tariff agreements, tiers and company.
"""
