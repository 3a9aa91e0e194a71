"""Inventory: the catalogue, the stock, every physical object and the sheets that prepare them for a client.

Owns produit, type_produit, depot, stock, historique, reservation, feuille, etiquette, and the fil de vie of objects.
Announces ProduitModifie, FeuilleCreee/Modifiee/Approvisionnee/Prete/Validee/Rouverte, PreparationCloturee,
HistoriqueMouvemente/Configure/Etiquete, SerieSituee, StockChange, ObjetEchange,
ConsommationSaisie/Annulee, FichierObjetJoint, FichiersFeuilleModifies.
Listens to DevisValide (opens a feuille), ReceptionValidee (makes objects, serves the feuilles that wait),
SocieteModifiee (depots), tiers, and every fact that is an event in the life of an object.
"""
