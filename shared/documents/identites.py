"""The company and a tiers, as facts carry them, turned into what paper prints."""

from shared.contracts.commercial import Adressage
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


def adressee(adressage: Adressage, client: FicheTiers, secondaire: FicheTiers | None) -> FicheTiers:
    """Whoever receives the papers, under the address that was chosen: of the client, or of the tiers named in its place."""
    qui = secondaire or client
    de = client if adressage.adresse_du_client else qui
    choisie = next((a for a in de.adresses if a.code == adressage.adresse_code), qui.adresse)
    return qui.model_copy(update={"adresse": choisie})


def a_une_adresse(fiche: FicheTiers) -> bool:
    """A letter would reach it: no paper of a sale is made without."""
    return fiche.adresse is not None and bool(fiche.adresse.ville.strip())


def destinataire(fiche: FicheTiers) -> Adresse:
    """The address window of a client."""
    principale = fiche.adresse or AdresseContrat()
    return _adresse(fiche.nom, principale, siren=fiche.siren or "", tva=fiche.tva_intracom or "")


def en_une_ligne(fiche: FicheTiers) -> str:
    """A client beside the window of a paper that goes to somebody else: name, address, SIREN, VAT number."""
    a = fiche.adresse or AdresseContrat()
    numeros = (("SIREN", fiche.siren), ("TVA", fiche.tva_intracom))
    dits = (fiche.nom, *a.lignes, f"{a.code_postal} {a.ville}".strip(), *(f"{n} {v}" for n, v in numeros if v))
    return ", ".join(filter(None, dits))


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
