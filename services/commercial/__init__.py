"""Commercial: from the demande to the signed devis.

Owns etudes, propositions (lines, hidden products, sendings, documents), models, shelves, signature links, affaires.
Announces EtudeCreee, DevisEnvoye, DevisNonRemis, DevisValide, DevisRefuse, BesoinsPressentis, ArticleRetenu, AffaireCreee,
AffaireModifiee, FichiersEtudeModifies, FichiersAffaireModifies.
Listens to tiers, collaborators, company, demandes, products and stock, to keep small copies of what it shows.
Hidden products and costs stay inside: they never reach a document, a mail or the client's page.
"""
