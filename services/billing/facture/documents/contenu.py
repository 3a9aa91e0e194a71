"""The frozen content of an invoice: built once when issued, printed as it is for ever."""

from datetime import date
from decimal import Decimal
from typing import Any

from services.billing.affaire_client.models import AffaireClient
from shared.contracts.contacts import FicheTiers, SocieteModifiee
from shared.documents.mentions import Nature, Regime, cadres, mentions_avoir, mentions_facture, texte
from shared.kernel.money import totaux

NOTES = ("PMD", "PMT", "AAB")


def nature_operation(natures: set[str]) -> Nature:
    """Goods, services or both, from the kinds of the lines (décret 2022-1299)."""
    if natures == {"service"}:
        return Nature.SERVICES
    return Nature.BIENS if natures == {"bien"} else Nature.MIXTE


def regime_de(societe: SocieteModifiee, client: FicheTiers, lignes: list[dict[str, Any]]) -> Regime:
    """What decides the legal sentences. What bears VAT is under no special case, whoever the client is."""
    return Regime(
        nature=nature_operation({ligne["nature"] for ligne in lignes}),
        client_professionnel=bool(client.siren or client.siret or client.tva_intracom or client.est_public),
        option_debits=societe.option_debits,
        cadres=cadres(client.regime_tva, (ligne["nature"] for ligne in lignes if not Decimal(ligne["taux_tva"]))),
    )


def de_facture(
    affaire: AffaireClient, societe: SocieteModifiee, client: FicheTiers, adressee: FicheTiers, le: date
) -> dict[str, Any]:
    """Everything an invoice prints, as JSON values; its client is under the VAT regime the devis was signed under.

    `adressee` receives it: the client or the tiers named in its place, at the address chosen.
    """
    ailleurs = affaire.tiers_secondaire_id is not None or adressee.adresse != client.adresse
    client = client.model_copy(update={"regime_tva": affaire.regime_tva or client.regime_tva})
    lignes = [_ligne(ligne, 1, series=affaire.imprime_series) for ligne in affaire.lignes]
    regime = regime_de(societe, client, lignes)
    return {
        **_parties(societe, client),
        "destinataire": _destinataire(affaire, adressee) if ailleurs else None,
        "objet": affaire.objet,
        "reference": affaire.reference,
        "periode": affaire.periode,
        "lignes": lignes,
        "groupes": _groupes(lignes),
        "mentions": list(mentions_facture(le, regime)),
        "notes": _notes(le, regime),
        "deduit_acomptes": bool(affaire.acomptes_deduits),
    }


def d_avoir(origine: dict[str, Any], numero: str, emise_le: date, le: date, motif: str) -> dict[str, Any]:
    """The mirror of an invoice: same lines, quantities reversed, legal reference to what it corrects."""
    societe = SocieteModifiee.model_validate(origine["societe"])
    client = FicheTiers.model_validate(origine["client"])
    lignes = [_inverser(ligne) for ligne in origine["lignes"]]
    regime = regime_de(societe, client, lignes)
    mentions = mentions_avoir(le, regime, facture=numero, facture_le=f"{emise_le:%d/%m/%Y}")
    return {
        **origine,
        "objet": motif,
        "reference": numero,
        "lignes": lignes,
        "groupes": _groupes(lignes),
        "mentions": list(mentions),
        "notes": _notes(le, regime),
        "origine": {"numero": numero, "emise_le": emise_le.isoformat()},
    }


def _notes(le: date, regime: Regime) -> dict[str, str]:
    """The sentences a structured invoice says apart, whoever the client is (BR-FR-05)."""
    return {code: texte(code, le, regime) for code in NOTES}


def _parties(societe: SocieteModifiee, client: FicheTiers) -> dict[str, Any]:
    return {"societe": societe.model_dump(mode="json"), "client": client.model_dump(mode="json")}


def _destinataire(affaire: AffaireClient, adressee: FicheTiers) -> dict[str, Any]:
    """Whoever receives it elsewhere than at the client's own address: `tiers_id` where it is somebody else."""
    tiers_id = str(affaire.tiers_secondaire_id) if affaire.tiers_secondaire_id else None
    adresse = adressee.adresse.model_dump(mode="json") if adressee.adresse else None
    return {"tiers_id": tiers_id, "nom": adressee.nom, "adresse": adresse}


def _ligne(ligne: Any, signe: int, *, series: bool) -> dict[str, Any]:
    champs = (
        *("section", "designation", "description", "unite", "prix_ht", "remise", "taux_tva", "nature"),
        *("deee_ht", "copie_privee_ht"),
    )
    valeurs = {champ: _texte(getattr(ligne, champ)) for champ in champs}
    if series and ligne.series:
        valeurs["series"] = list(ligne.series)
    if series and ligne.garantie:
        valeurs["garantie"] = ligne.garantie
    return {**valeurs, "quantite": str(ligne.quantite * signe), "total_ht": str(ligne.total_ht * signe)}


def _inverser(ligne: dict[str, Any]) -> dict[str, Any]:
    return {**ligne, "quantite": str(-Decimal(ligne["quantite"])), "total_ht": str(-Decimal(ligne["total_ht"]))}


def _groupes(lignes: list[dict[str, Any]]) -> list[dict[str, str]]:
    t = totaux((Decimal(ligne["total_ht"]), Decimal(ligne["taux_tva"])) for ligne in lignes)
    return [{"taux": str(g.taux), "base_ht": str(g.base_ht), "montant_tva": str(g.montant_tva)} for g in t.groupes]


def _texte(valeur: Any) -> Any:
    return str(valeur) if isinstance(valeur, Decimal) else valeur
