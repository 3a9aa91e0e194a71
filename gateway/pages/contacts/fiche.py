"""What the page of a contact shows from each service, read in parallel."""

from typing import Any

from gateway.session.dependances import Utilisateur

# (panel, service, path, permission): each list is asked for the contact only.
PANNEAUX = (
    ("demandes", "demandes", "/demandes", "demande.lire"),
    ("propositions", "commercial", "/propositions", "devis.lire"),
    ("factures", "billing", "/factures", "facture.lire"),
    ("equipements", "maintenance", "/equipements", "parc.lire"),
    ("contrats", "maintenance", "/contrats", "contrat.lire"),
    ("ribs", "contacts", "/tiers/{id}/ribs", "rib.lire"),
    ("echanges", "contacts", "/tiers/{id}/notes", "tiers.lire"),
)
PREMIERES = 6
ACHATS = ("achats", "purchasing", "/fournisseurs/{id}/achats", "achat.lire")


async def panneaux(user: Utilisateur, tiers: dict[str, Any]) -> dict[str, Any]:
    """Each panel by name: its data, Indisponible when its service is stopped, None without the right to see it."""
    voulus = [*PANNEAUX, *([ACHATS] if "fournisseur" in tiers["roles"] else [])]
    permis = [p for p in voulus if user.may(p[3])]
    params = {"tiers_id": tiers["id"], "limite": PREMIERES}
    *lus, collaborateurs, equipes = await user.services.panneaux(
        *((p[1], p[2].format(id=tiers["id"]), {} if p is ACHATS else params) for p in permis),
        ("contacts", "/collaborateurs"),
        ("contacts", "/equipes"),
    )
    vides: dict[str, Any] = {p[0]: None for p in (*PANNEAUX, ACHATS)}
    return {
        **vides,
        **{p[0]: lu for p, lu in zip(permis, lus, strict=True)},
        "commerciaux": [
            f"{c['prenom']} {c['nom']}".strip() for c in collaborateurs or () if c["id"] in tiers["commercial_ids"]
        ],
        "groupes": [e["nom"] for e in equipes or () if e["id"] in tiers["groupe_commercial_ids"]],
    }
