"""The company and a tiers, as facts carry them, turned into what paper prints."""

from shared.contracts.contacts import Adresse as AdresseContrat
from shared.contracts.contacts import FicheTiers, SocieteModifiee
from shared.documents.logo import data_uri
from shared.documents.papier import Adresse, Societe


def societe(fait: SocieteModifiee) -> Societe:
    """The head and foot of a document."""
    logo = data_uri(fait.logo_svg.encode()) if fait.logo_svg else ""
    return Societe(
        nom=fait.raison_sociale,
        adresse=_adresse(fait.raison_sociale, fait.adresse),
        forme=fait.forme_juridique,
        capital=fait.capital,
        siren=fait.siren,
        siret=fait.siret,
        rcs=fait.rcs,
        naf=fait.naf,
        tva=fait.tva_intracom,
        telephone=fait.telephone,
        courriel=fait.email,
        iban=fait.iban,
        bic=fait.bic,
        logo=logo,
    )


def destinataire(fiche: FicheTiers) -> Adresse:
    """The address window of a client."""
    principale = fiche.adresse or AdresseContrat()
    return _adresse(fiche.nom, principale, siren=fiche.siren or "", tva=fiche.tva_intracom or "")


def _adresse(nom: str, adresse: AdresseContrat, *, siren: str = "", tva: str = "") -> Adresse:
    return Adresse(
        nom=nom,
        lignes=adresse.lignes,
        code_postal=adresse.code_postal,
        ville=adresse.ville,
        pays="" if adresse.pays == "FR" else adresse.pays,
        siren=siren,
        tva=tva,
    )
