"""Who is told what, once, on screen and by mail, as each prefers; late things and the morning summary."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, update

from deploy.boite_locale import open_boite
from gateway.compte.models import Compte
from gateway.notification import rules, suivi
from gateway.notification.models import DemandeConnue, Notification
from gateway.notification.use_cases import regler
from gateway.periodique import taches_periodiques
from gateway.subscriptions import subscriptions
from shared.contracts.base import Envelope, Fact
from shared.contracts.billing import FactureEmise, FacturePayee
from shared.contracts.commercial import DevisRefuse, DevisValide, ReponseClientRecue
from shared.contracts.demandes import AbonnesModifies, DemandeCreee, NoteAjoutee
from shared.database.database import Database
from shared.kernel.actor import Actor
from shared.kernel.clock import FrozenClock, jour_paris
from shared.kernel.ids import new_id
from shared.means import lend
from shared.settings import Settings
from shared.testing.delivery import recevoir
from shared.testing.eventually import eventually
from shared.testing.postgres import Databases
from tests.gateway.bureau import Bureau
from tests.gateway.pages.entreprise import Entreprise, ouvrir_entreprise
from tests.journeys.etapes import PATIENCE, ouvrir

ACTEUR = Actor.systeme("Essai")
DATE = datetime(2026, 3, 17, 8, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
async def entreprise(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Entreprise]:
    """The whole company, each account with a mail address."""
    dossier: Path = tmp_path_factory.mktemp("notifications")
    async with ouvrir_entreprise(databases, dossier) as ouverte:
        async with ouverte.maison.platform.database("gateway").transaction(ACTEUR) as tx:
            await tx.execute(update(Compte).values(email=Compte.identifiant + "@exemple.fr"))
        yield ouverte


async def recues(entreprise: Entreprise, identifiant: str) -> list[tuple[str, str]]:
    """(kind, title) of what somebody was told, oldest first."""
    async with entreprise.maison.platform.database("gateway").read() as session:
        requete = select(Notification.genre, Notification.titre).join(Compte, Compte.id == Notification.compte_id)
        lignes = await session.execute(requete.where(Compte.identifiant == identifiant).order_by(Notification.id))
    return [(ligne[0], ligne[1]) for ligne in lignes]


async def test_confiee_citee_suivie(entreprise: Entreprise) -> None:
    gens = entreprise.gens
    demande = await ouvrir(gens, "Alarme du dépôt")
    chemin, numero = f"/demandes/demandes/{demande['id']}", demande["numero"]
    personnes = {p["prenom"]: p["id"] for p in await gens.claire.lire("/contacts/collaborateurs")}

    async def confier() -> None:
        await gens.claire.creer(f"{chemin}/assigner", {"responsable_id": personnes["Manon"]})

    await eventually(confier, PATIENCE)
    attendues = [("demande_confiee", f"{numero} vous est confiée")]
    await eventually(lambda: _egales(entreprise, "manon", attendues), PATIENCE)
    # whoever acts is not told what he did
    await gens.karim.creer(f"{chemin}/abonnement")
    await gens.manon.creer(f"{chemin}/notes", {"texte": "Je m’en occupe avec @Thomas, merci @Manon"})
    await eventually(lambda: _egales(entreprise, "thomas", [("mention", f"Manon vous cite dans {numero}")]), PATIENCE)
    note = ("demande_suivie", f"Note de Manon dans {numero}")
    await eventually(lambda: _egales(entreprise, "karim", [note]), PATIENCE)
    assert await recues(entreprise, "manon") == attendues
    vers = (await gens.claire.lire(chemin))["possibles"][0]
    passee = await gens.claire.creer(f"{chemin}/etat", {"vers": vers})
    avance = ("demande_suivie", f"{numero} passe à « {passee['etat']['libelle']} »")
    await eventually(lambda: _egales(entreprise, "karim", [note, avance]), PATIENCE)
    await gens.karim.changer("DELETE", f"{chemin}/abonnement", None)
    assert not (await gens.karim.lire(f"{chemin}/abonnement"))["est_suivie"]
    # by mail at once for who is named, not for who follows
    await eventually(lambda: _courriers(entreprise, "thomas@exemple.fr"), PATIENCE)
    assert not _courriers(entreprise, "karim@exemple.fr")
    base = entreprise.maison.platform.database("gateway")

    async def datee() -> bool:
        async with base.read() as session:  # written once the mail has left, after it arrived
            return bool(await session.scalar(select(Notification.courriel_le).where(Notification.genre == "mention")))

    await eventually(datee, PATIENCE)


async def test_qui_ne_veut_pas_n_est_pas_dit(entreprise: Entreprise) -> None:
    page = await entreprise.page("manon")
    await page.envoyer("/moi/notifications", mention="jamais", demande_confiee="ecran", devis_signe="ecran")
    reglees = await page.lire("/moi/notifications")
    assert 'name="mention" value="jamais" checked' in reglees.replace("&#39;", "'")
    demande = await ouvrir(entreprise.gens, "Devis à signer")
    await entreprise.gens.thomas.creer(f"/demandes/demandes/{demande['id']}/notes", {"texte": "@Manon regarde"})
    await entreprise.gens.thomas.creer(f"/demandes/demandes/{demande['id']}/notes", {"texte": "@Karim regarde"})
    await eventually(lambda: _contient(entreprise, "karim", "Thomas vous cite"), PATIENCE)
    assert not [t for g, t in await recues(entreprise, "manon") if g == "mention"]


async def test_la_cloche_la_liste_et_la_lecture(entreprise: Entreprise) -> None:
    page = await entreprise.page("thomas")
    demande = await ouvrir(entreprise.gens, "Lecture des notifications")
    await entreprise.gens.claire.creer(f"/demandes/demandes/{demande['id']}/notes", {"texte": "@Thomas vois ceci"})
    titre = f"Claire vous cite dans {demande['numero']}"
    await eventually(lambda: _contient(entreprise, "thomas", titre), PATIENCE)
    assert "bandeau-nombre" in await page.lire("/notifications/cloche")
    liste = await page.lire("/notifications")
    assert titre in liste
    lien = liste[: liste.index(titre)].rsplit('href="', 1)[1].split('"')[0]
    reponse = await page.http.get(lien)
    assert (reponse.status_code, reponse.headers["location"]) == (303, f"/demandes/{demande['id']}")
    await page.envoyer("/notifications/tout-lire")
    assert "bandeau-nombre" not in await page.lire("/notifications/cloche")
    ailleurs = await entreprise.page("karim")
    vol = await ailleurs.http.get(lien)
    assert vol.headers["location"] == "/notifications", "les notifications d’un autre ne s’ouvrent pas"


async def _egales(entreprise: Entreprise, identifiant: str, attendues: list[tuple[str, str]]) -> None:
    lues = await recues(entreprise, identifiant)
    assert lues == attendues, lues


async def _contient(entreprise: Entreprise, identifiant: str, titre: str) -> None:
    lues = await recues(entreprise, identifiant)
    assert any(titre in t for _, t in lues), lues


def _courriers(entreprise: Entreprise, adresse: str) -> list[dict[str, Any]]:
    return [m for m in entreprise.maison.boite.messages() if adresse in m["a"]]


# What time causes, on a clock of the test --------------------------------------------------------------------------


@pytest.fixture
async def base(bureau: Bureau) -> Database:
    """The database of a gateway that hired two people."""
    await bureau.embaucher("celine", "administratif", email="celine@exemple.fr")
    await bureau.embaucher("thomas", "achats", email="thomas@exemple.fr")
    return bureau.bases["gateway"]


def une_facture(base: Database) -> FactureEmise:
    """Due yesterday, at the clock of the test."""
    jour = jour_paris(base.clock.now())
    return FactureEmise.model_validate(
        {
            "facture_id": new_id(),
            "affaire_client_id": new_id(),
            "numero": "FC-2026-00042",
            "tiers_id": new_id(),
            "tiers_nom": "Mairie de Sévrier",
            "emise_le": jour - timedelta(days=31),
            "echeance": jour - timedelta(days=1),
            "total_ht": "100",
            "total_tva": "20",
            "total_ttc": "120",
        }
    )


def un_paiement(facture: FactureEmise) -> FacturePayee:
    """The whole of it."""
    return FacturePayee(
        facture_id=facture.facture_id,
        numero=facture.numero,
        tiers_id=facture.tiers_id,
        montant_ttc=facture.total_ttc,
        solde_ttc=Decimal(0),
    )


async def _genres(base: Database) -> list[tuple[str, str]]:
    async with base.read() as session:
        requete = select(Compte.identifiant, Notification.titre).join(Compte, Compte.id == Notification.compte_id)
        return [(ligne[0], ligne[1]) for ligne in await session.execute(requete)]


async def test_une_facture_impayee_se_dit_une_fois_a_l_administratif(base: Database) -> None:
    facture = une_facture(base)
    payee = une_facture(base)
    async with base.transaction(ACTEUR) as tx:
        await suivi.attendre(tx, facture)
        await suivi.attendre(tx, payee)
        await suivi.arrivee(tx, un_paiement(payee))
    for _ in range(2):
        await taches_periodiques(base)
    veille = jour_paris(base.clock.now()) - timedelta(days=1)
    assert await _genres(base) == [("celine", f"La facture FC-2026-00042 devait être payée le {veille:%d/%m/%Y}")]


def _texte(fichier: Path) -> str:
    """What somebody reads of a mail."""
    corps = message_from_bytes(fichier.read_bytes(), policy=default).get_body(("plain",))
    assert corps is not None
    return " ".join(corps.get_content().split())


async def test_le_resume_du_matin_part_une_fois_par_jour(
    base: Database, clock: FrozenClock, test_settings: Settings, tmp_path: Path
) -> None:
    async with open_boite(tmp_path / "courrier") as (boite, port):
        lend(base, test_settings.model_copy(update={"smtp_port": port, "public_url": "https://essai"}))
        async with base.transaction(ACTEUR) as tx:
            celine = await tx.scalar(select(Compte.id).where(Compte.identifiant == "celine"))
            await regler(tx, celine, {rules.RESUME: "oui"})
            await suivi.attendre(tx, une_facture(base))
        clock.set(clock.now().replace(hour=3))  # four in the morning in Paris
        await taches_periodiques(base)
        assert boite.messages() == []
        clock.set(clock.now().replace(hour=6, minute=30))
        for _ in range(2):
            await taches_periodiques(base)
        (resume,) = boite.messages()
        assert resume["a"] == ["celine@exemple.fr"]
        assert "résumé du matin" in resume["objet"]
        texte = _texte(boite.folder / resume["fichier"])
        assert "devait être payée le" in texte
        assert rules.GENRES["facture_impayee"].libelle not in texte, "le titre suffit"
        clock.advance(timedelta(days=1))
        await taches_periodiques(base)
        assert len(boite.messages()) == 2


async def test_un_devis_signe_ou_refuse_se_dit_a_son_commercial(base: Database) -> None:
    async with base.read() as session:
        thomas = (await session.scalars(select(Compte).where(Compte.identifiant == "thomas"))).one()
        celine = (await session.scalars(select(Compte).where(Compte.identifiant == "celine"))).one()
    ids = {champ: new_id() for champ in ("proposition_id", "etude_id", "demande_id", "tiers_id")}
    signe = DevisValide(
        **ids,
        numero="DEV-2026-00007",
        tiers_nom="Mairie",
        objet="Caméras",
        lignes=(),
        total_ht=Decimal(100),
        total_tva=Decimal(20),
        total_ttc=Decimal(120),
        valide_par="Mme Durand",
        valide_le=base.clock.now(),
        commercial_id=thomas.id,
    )
    refuse = DevisRefuse(**ids, numero="DEV-2026-00008", motif="Trop cher")
    le_sien = DevisRefuse(**ids, numero="DEV-2026-00011", motif="Trop tard", commercial_id=celine.id)
    ecarte = DevisRefuse(**ids, numero="DEV-2026-00009", est_refus_client=False)
    async with base.transaction(ACTEUR) as tx:
        tx.add(
            DemandeConnue(
                demande_id=ids["demande_id"], numero="D-1", objet="", responsable_id=thomas.id, abonne_ids=[], seq=1
            )
        )
        await tx.flush()
    faits: tuple[DevisValide | DevisRefuse, ...] = (signe, refuse, ecarte, le_sien)
    for rang, fait in enumerate(faits):
        enveloppe = _enveloppe(fait, rang + 2)
        async with base.transaction(ACTEUR, envelope=enveloppe) as tx:
            await suivi.devis_conclu(tx, fait)
    titres = ["Devis DEV-2026-00007 signé par Mme Durand", "Devis DEV-2026-00008 refusé"]
    attendus = [("celine", "Devis DEV-2026-00011 refusé"), *(("thomas", titre) for titre in titres)]
    assert sorted(await _genres(base)) == attendus


async def test_une_question_du_client_se_dit_au_commercial_du_devis(base: Database) -> None:
    celine = await _compte(base, "celine")
    ids = {champ: new_id() for champ in ("proposition_id", "demande_id", "reponse_id")}
    dit = {"numero": "DEV-2026-00012", "nom": "Luc Tissot", "tiers_nom": "Menuiserie", "commercial_id": celine}
    question = ReponseClientRecue(**ids, genre="question", **dit)
    accord = ReponseClientRecue(**(ids | {"reponse_id": new_id()}), genre="accord", **dit)
    ancienne = ReponseClientRecue(**(ids | {"reponse_id": new_id()}), genre="question")
    for rang, fait in enumerate((question, accord, ancienne), start=1):
        async with base.transaction(ACTEUR, envelope=_enveloppe(fait, rang)) as tx:
            await suivi.question_posee(tx, fait)
    assert await _genres(base) == [("celine", "Question de Luc Tissot sur DEV-2026-00012")]


def _enveloppe(fait: Fact, seq: int) -> Envelope:
    return Envelope(
        id=new_id(),
        seq=seq,
        type=fait.type,
        key=fait.key,
        acteur_nom="Client",
        occurred_at=DATE,
        payload=fait.model_dump(mode="json"),
    )


def _confiee(responsable_id: UUID) -> DemandeCreee:
    return DemandeCreee(
        demande_id=new_id(),
        numero="D-0001",
        type_code="commercial",
        etat_code="devis_a_realiser",
        etat_libelle="Devis à réaliser",
        tiers_id=new_id(),
        tiers_nom="Mairie",
        objet="Caméras",
        responsable_id=responsable_id,
    )


async def test_un_fait_repete_ou_ancien_ne_se_redit_pas(base: Database) -> None:
    async with base.read() as session:
        thomas = (await session.scalars(select(Compte).where(Compte.identifiant == "thomas"))).one()
    fait = _confiee(thomas.id)
    for _ in range(2):
        async with base.transaction(ACTEUR) as tx:
            await suivi.demande_confiee(tx, fait)
    assert await _genres(base) == [("thomas", "D-0001 vous est confiée")]


async def test_une_facture_payee_avant_d_etre_annoncee_n_est_pas_dite_impayee(base: Database) -> None:
    facture = une_facture(base)
    await _entendre(base, (9, un_paiement(facture)), (3, facture))
    await taches_periodiques(base)
    assert await _genres(base) == []
    await _entendre(base, (12, facture))  # its date changed after the payment was undone: waited for again
    await taches_periodiques(base)
    assert len(await _genres(base)) == 1


async def test_des_abonnes_annonces_en_retard_ne_reviennent_pas(base: Database) -> None:
    thomas = await _compte(base, "thomas")
    dit = {"demande_id": new_id(), "numero": "D-0002", "objet": "Caméras"}
    partis, presents = AbonnesModifies(**dit, abonne_ids=()), AbonnesModifies(**dit, abonne_ids=(thomas,))
    note = NoteAjoutee(**dit, note_id=new_id(), extrait="Rien", mention_ids=())
    await _entendre(base, (5, partis), (4, presents), (6, note))
    assert await _genres(base) == []
    await _entendre(base, (7, presents), (8, note))
    assert [qui for qui, _ in await _genres(base)] == ["thomas"]


async def test_qui_n_a_pas_le_droit_de_lire_n_est_pas_dit(bureau: Bureau) -> None:
    await bureau.embaucher("paul", "magasin")
    base = bureau.bases["gateway"]
    confiee = _confiee(await _compte(base, "paul"))
    ids = {champ: new_id() for champ in ("proposition_id", "etude_id", "tiers_id")}
    refus = DevisRefuse(**ids, demande_id=confiee.demande_id, numero="DEV-2026-00010", motif="Marge trop forte")
    await _entendre(base, (1, confiee), (2, refus))
    assert await _genres(base) == [("paul", "D-0001 vous est confiée")], "le magasin ne lit pas les devis"


async def test_une_adresse_impossible_ne_prive_pas_les_autres_du_resume(
    base: Database, clock: FrozenClock, test_settings: Settings, tmp_path: Path
) -> None:
    async with open_boite(tmp_path / "courrier") as (boite, port):
        lend(base, test_settings.model_copy(update={"smtp_port": port, "public_url": "https://essai"}))
        async with base.transaction(ACTEUR) as tx:
            await tx.execute(update(Compte).where(Compte.identifiant == "celine").values(email="celine"))
            for qui in ("celine", "thomas"):
                await regler(tx, await _compte(base, qui), {rules.RESUME: "oui"})
        await _entendre(
            base, (1, _confiee(await _compte(base, "celine"))), (2, _confiee(await _compte(base, "thomas")))
        )
        clock.set(clock.now().replace(hour=6, minute=30))
        await taches_periodiques(base)
        assert [m["a"] for m in boite.messages()] == [["thomas@exemple.fr"]]


async def _compte(base: Database, identifiant: str) -> UUID:
    async with base.read() as session:
        return (await session.scalars(select(Compte.id).where(Compte.identifiant == identifiant))).one()


async def _entendre(base: Database, *faits: tuple[int, Fact]) -> None:
    """Facts arrive as the bus gives them, each at its position."""
    await recevoir(base, subscriptions, *(_enveloppe(fait, seq) for seq, fait in faits))
