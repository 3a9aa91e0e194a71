"""Learning the words of a contact, after it was saved: one delivery at a time, so that nobody waits for anybody."""

from services.contacts.dictionnaire import rules
from shared.contracts.contacts import FicheTiers
from shared.database.rows import Values
from shared.kernel.search import texte_recherche


def appris(fiche: FicheTiers) -> list[Values]:
    """The rows of the words a search may hit: each word under itself and under itself less a letter."""
    personnes = (texte for personne in fiche.interlocuteurs for texte in (personne.nom, personne.email))
    texte = texte_recherche(fiche.nom, fiche.email, *(adresse.ville for adresse in fiche.adresses), *personnes)
    return [{"cle": cle, "mot": mot} for mot in sorted(rules.mots_appris(texte)) for cle in sorted(rules.cles(mot))]
