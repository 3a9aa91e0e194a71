"""An intervention planned, moved or cancelled is told to whom it concerns."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from gateway.compte.models import Compte
from gateway.notification.models import Notification
from gateway.subscriptions import subscriptions
from shared.contracts.base import Fact
from shared.contracts.demandes import (
    DemandeCreee,
    DemandeModifiee,
    InterventionAnnulee,
    InterventionPlanifiee,
    NoteAjoutee,
)
from shared.kernel.clock import FrozenClock
from shared.kernel.ids import new_id
from shared.testing.delivery import recevoir
from tests.gateway.bureau import Bureau

INTERVENTION, DEMANDE, TIERS = new_id(), new_id(), new_id()
JEUDI = datetime(2026, 3, 19, 8, 15, tzinfo=UTC)
VENDREDI = JEUDI + timedelta(days=1)


def _planifiee(debut: datetime, *gens: UUID, avant: tuple[UUID, ...] = (), le: datetime | None = None) -> Fact:
    return InterventionPlanifiee(
        intervention_id=INTERVENTION,
        demande_id=DEMANDE,
        tiers_id=TIERS,
        debut=debut,
        fin=debut + timedelta(hours=2),
        collaborateur_ids=gens,
        tiers_nom="Hôtel du Lac",
        objet="Bornes Wi-Fi",
        precedents=avant,
        debut_precedent=le,
    )


async def _recues(bureau: Bureau, identifiant: str) -> list[tuple[str, str, str]]:
    async with bureau.bases["gateway"].read() as session:
        colonnes = (Notification.titre, Notification.detail, Notification.lien)
        requete = select(*colonnes).join(Compte, Compte.id == Notification.compte_id)
        lignes = await session.execute(requete.where(Compte.identifiant == identifiant).order_by(Notification.id))
    return [(ligne[0], ligne[1], ligne[2]) for ligne in lignes]


async def test_planifiee_deplacee_annulee(bureau: Bureau, clock: FrozenClock) -> None:
    sophie, karim = new_id(), new_id()
    await bureau.embaucher("sophie", "technicien", collaborateur_id=sophie)
    await bureau.embaucher("karim", "technicien", collaborateur_id=karim)
    base = bureau.bases["gateway"]
    annulee = InterventionAnnulee(
        intervention_id=INTERVENTION,
        demande_id=DEMANDE,
        tiers_id=TIERS,
        tiers_nom="Hôtel du Lac",
        objet="Bornes Wi-Fi",
        debut=VENDREDI,
        collaborateur_ids=(karim,),
        motif="Client absent",
    )
    await recevoir(base, subscriptions, _planifiee(JEUDI, sophie))
    await recevoir(base, subscriptions, _planifiee(VENDREDI, sophie, karim, avant=(sophie,), le=JEUDI))
    await recevoir(base, subscriptions, _planifiee(VENDREDI, karim, avant=(sophie, karim), le=VENDREDI))
    await recevoir(base, subscriptions, annulee)
    quoi, jeudi, vendredi = "Hôtel du Lac · Bornes Wi-Fi", "2026-03-19", "2026-03-20"
    assert await _recues(bureau, "sophie") == [
        ("Intervention le jeudi 19 mars à 09:15", quoi, f"/planning/ma-journee?le={jeudi}"),
        (
            "Intervention du jeudi 19 mars à 09:15 déplacée au vendredi 20 mars à 09:15",
            quoi,
            f"/planning/ma-journee?le={vendredi}",
        ),
        (
            "L’intervention du vendredi 20 mars à 09:15 n’est plus pour vous",
            quoi,
            f"/planning/ma-journee?le={vendredi}",
        ),
    ]
    assert await _recues(bureau, "karim") == [
        ("Intervention le vendredi 20 mars à 09:15", quoi, f"/planning/ma-journee?le={vendredi}"),
        (
            "Intervention du vendredi 20 mars à 09:15 annulée",
            f"{quoi} · Client absent",
            f"/planning/ma-journee?le={vendredi}",
        ),
    ]


async def test_une_intervention_notee_apres_coup_ne_dit_rien(bureau: Bureau, clock: FrozenClock) -> None:
    sophie = new_id()
    await bureau.embaucher("sophie", "technicien", collaborateur_id=sophie)
    await recevoir(bureau.bases["gateway"], subscriptions, _planifiee(clock.now() - timedelta(days=2), sophie))
    assert await _recues(bureau, "sophie") == []


async def test_la_reponse_d_un_client_est_dite_a_qui_en_a_la_charge(bureau: Bureau) -> None:
    sophie = new_id()
    await bureau.embaucher("sophie", "technicien", collaborateur_id=sophie)
    demande = {"demande_id": DEMANDE, "numero": "D-0042", "objet": "Copieur"}
    creee = DemandeCreee.model_validate(
        {**demande, "type_code": "sav", "etat_code": "nouveau", "etat_libelle": "Nouveau", "tiers_id": TIERS}
        | {"tiers_nom": "Hôtel du Lac"}
    )
    confiee = DemandeModifiee.model_validate({**demande, "urgence": "normale", "responsable_id": sophie})
    note = {**demande, "note_id": new_id(), "extrait": "Toujours en panne"}
    dites = (NoteAjoutee.model_validate(note), NoteAjoutee.model_validate(note | {"est_du_client": True}))
    await recevoir(bureau.bases["gateway"], subscriptions, creee, confiee, *dites)
    recues = await _recues(bureau, "sophie")
    assert [detail for _, detail, _ in recues] == ["Copieur", "Toujours en panne"]
    assert recues[1][0].endswith("répond dans D-0042")
