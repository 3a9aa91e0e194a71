"""Every change leaves who, when, before and after; secrets and technical columns stay out."""

from decimal import Decimal

from shared.contracts.base import Envelope
from shared.database import audit
from shared.database.database import Database
from shared.kernel.actor import Actor
from shared.kernel.clock import SystemClock
from shared.kernel.ids import new_id
from tests.shared.database.modele import Fiche, Statut, rows, une_fiche

AUDIT = "SELECT objet_type, objet_id, version, par, par_nom, origine, avant, apres FROM audit ORDER BY id"


async def test_creation_change_and_removal(database: Database, actor: Actor) -> None:
    fiche = une_fiche(mot_de_passe="secret", recherche="atelier")
    async with database.transaction(actor) as tx:
        tx.add(fiche)
    async with database.transaction(actor) as tx:
        read = await tx.get(Fiche, fiche.id)
        assert read is not None
        read.total_ht, read.mot_de_passe, read.recherche = Decimal("13.00"), "autre", "magasin"
    async with database.transaction(actor) as tx:
        read = await tx.get(Fiche, fiche.id)
        await tx.delete(read)
    created, changed, removed = await rows(database, AUDIT)
    whole = {"nom": "Atelier", "total_ht": "12.50", "prix": None, "statut": "brouillon", "options": None}
    assert created == ("fiche", fiche.id, 1, actor.id, actor.nom, "interne", None, whole)
    assert changed[2:3] + changed[6:] == (2, {"total_ht": "12.50"}, {"total_ht": "13.00"})
    assert removed[6:] == (whole | {"total_ht": "13.00"}, None)


async def test_several_flushes_make_one_row(database: Database, actor: Actor) -> None:
    fiche = une_fiche()
    async with database.transaction(actor) as tx:
        tx.add(fiche)
        await tx.flush()
        fiche.nom = "Magasin"
        await tx.flush()
        fiche.statut = Statut.VALIDE
    ((_, _, version, *_, avant, apres),) = await rows(database, AUDIT)
    assert (version, avant) == (fiche.version, None)
    assert (apres["nom"], apres["statut"]) == ("Magasin", "valide")


async def test_what_comes_back_to_its_value_is_no_difference(database: Database, actor: Actor) -> None:
    fiche = une_fiche()
    async with database.transaction(actor) as tx:
        tx.add(fiche)
    async with database.transaction(actor) as tx:
        read = await tx.get(Fiche, fiche.id)
        assert read is not None
        read.nom = "Magasin"
        await tx.flush()
        read.nom, read.prix = "Atelier", Decimal("1.25")
    *_, (*_, avant, apres) = await rows(database, AUDIT)
    assert (avant, apres) == ({"prix": None}, {"prix": "1.25"})


async def test_each_fact_of_a_batch_answers_for_its_own_changes(database: Database) -> None:
    async with database.transaction(Actor.systeme("Alix")) as tx:
        tx.add(une_fiche("une"))
        for nom in ("Bao", "Charlie"):
            tx.turn_to(Actor.systeme(nom), _envelope(nom))
            tx.add(une_fiche(nom))
    assert [row[4] for row in await rows(database, AUDIT)] == ["Alix", "Bao", "Charlie"]


def _envelope(nom: str) -> Envelope:
    le = SystemClock().now()
    return Envelope(id=new_id(), seq=1, type="t", key=new_id(), acteur_nom=nom, occurred_at=le, payload={})


async def test_history_since_a_version(database: Database, actor: Actor) -> None:
    fiche = une_fiche()
    async with database.transaction(actor) as tx:
        tx.add(fiche)
    for nom in ("un", "deux"):
        async with database.transaction(actor) as tx:
            read = await tx.get(Fiche, fiche.id)
            assert read is not None
            read.nom = nom
    async with database.read() as session:
        assert [m.apres for m in await audit.since(session, fiche.id, 1)] == [{"nom": "un"}, {"nom": "deux"}]
        assert [m.version for m in await audit.since(session, fiche.id, 2)] == [3]
