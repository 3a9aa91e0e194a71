"""Maintenance: what the client owns, the contracts that cover it, the preventive visits, the signed tariffs.

Owns parcs (equipements, lieux, groupes), contrats, visites, accords tarifaires.
Announces EquipementAjoute/Modifie, ContratModifie, FichiersContratModifies, VisiteDue, VisiteRealisee, CouvertureModifiee,
AccordTarifaireSigne/Refuse.
Listens to FeuilleValidee, HistoriqueConfigure/Etiquete, DemandeCreee, Intervention…, SavRefuse, tiers, people and company.
"""
