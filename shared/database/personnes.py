"""What a service database holds about a person, found by what names them; and making them forgotten in its traces.

Source: RGPD, articles 15 (access) and 17 (erasure; what the law orders to keep is kept, 17.3 b).
"""

import json
import re
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Text, bindparam, text
from sqlalchemy.ext.asyncio import AsyncSession

from shared.database.transaction import Transaction
from shared.kernel.couts import sans_couts

LIGNES_MAX = 500
TECHNIQUES = ("alembic_version", "inbox", "outbox", "parked", "attempt", "idempotence", "compteur")
SECRETES = (
    "mot_de_passe",
    "empreinte",
    "secret",
    "jeton",
    "code_totp",
    "codes_secours",
    "recherche",
    "recherche_texte",
)
TABLES = text("SELECT tablename FROM pg_tables WHERE schemaname = current_schema() AND tablename <> ALL(:sauf)")
TABLES = TABLES.bindparams(bindparam("sauf", type_=ARRAY(Text)))
ANONYME = "Personne anonymisée"
TRACES = (("audit", "avant", "objet_id"), ("audit", "apres", "objet_id"), ("outbox", "payload", "key"))


async def chercher(session: AsyncSession, termes: Sequence[str]) -> dict[str, list[dict[str, Any]]]:
    """The rows of every table that say one of `termes` anywhere, by table; secrets left out, 500 rows a table at most.
    Costs and margins too: they name nobody, and what is found is handed over.

    Reads whole tables: for a request of access, not for a screen.
    """
    motifs = [motif for terme in termes if terme for motif in _motifs(terme)]
    trouves: dict[str, list[dict[str, Any]]] = {}
    if not motifs:
        return trouves
    for (table,) in (await session.execute(TABLES, {"sauf": list(TECHNIQUES)})).all():
        requete = text(
            f'SELECT to_jsonb(t) - CAST(:secretes AS text[]) FROM "{table}" t'  # noqa: S608 (a name of the catalogue)
            " WHERE CAST(t AS text) ILIKE ANY(:motifs) LIMIT :maximum"
        ).bindparams(bindparam("secretes", type_=ARRAY(Text)), bindparam("motifs", type_=ARRAY(Text)))
        valeurs = {"secretes": list(SECRETES), "motifs": motifs, "maximum": LIGNES_MAX}
        lignes = [sans_couts(ligne) for ligne in await session.scalars(requete, valeurs)]
        if lignes:
            trouves[table] = lignes
    return trouves


async def oublier(
    tx: Transaction, objet_id: UUID, *, noms: Sequence[str], coordonnees: Sequence[str], prenom: str = ""
) -> None:
    """Replace in the audit and in the facts already told by this service.

    `coordonnees` (e-mail, phone) wherever they are; `noms` in what was said of `objet_id` only, since others bear them too;
    `prenom` only beside a name just replaced: colleagues may share it.
    """
    for terme in sorted(filter(None, {*noms, *coordonnees}), key=len, reverse=True):
        dit = json.dumps(terme, ensure_ascii=False)[1:-1]
        valeurs: dict[str, Any] = {"mot": _mot(dit) + '(?!":)', "anonyme": ANONYME, "motif": f"%{_litteral(dit)}%"}
        await _remplacer(tx, valeurs, None if terme in coordonnees else objet_id)
    if prenom:
        dit = json.dumps(prenom, ensure_ascii=False)
        # jsonb writes the keys of an object shortest first: "nom", then what is between, then "prenom"
        mot = rf'("nom": "{ANONYME}"[^{{}}]*"prenom": ){re.escape(dit)}'
        valeurs = {"mot": mot, "anonyme": r'\1""', "motif": f"%{_litteral(dit)}%"}
        await _remplacer(tx, valeurs, objet_id)


async def _remplacer(tx: Transaction, valeurs: dict[str, Any], objet_id: UUID | None) -> None:
    ici = {} if objet_id is None else {"objet": objet_id}
    for table, colonne, cle in TRACES:
        await tx.execute(
            text(
                f"UPDATE {table} SET {colonne}"  # noqa: S608
                f" = CAST(regexp_replace(CAST({colonne} AS text), :mot, :anonyme, 'g') AS jsonb)"
                f" WHERE CAST({colonne} AS text) LIKE :motif" + (f" AND {cle} = :objet" if ici else "")
            ),
            valeurs | ici,
        )


def taire(texte: str, termes: Sequence[str]) -> str:
    """`texte` where none of `termes` names anybody any more; a longer word that begins like one is another word."""
    for terme in sorted(filter(None, termes), key=len, reverse=True):
        texte = re.sub(_mot(terme), ANONYME, texte)
    return texte


def _mot(terme: str) -> str:
    """The whole word, for PostgreSQL and for Python alike."""
    return rf"(?<!\w){re.escape(terme)}(?!\w)"


def _motifs(terme: str) -> list[str]:
    """How a row written as text says it: as typed, or first and last name in columns of their own, or in a trace of them."""
    mots = terme.split()
    motifs = [f"%{_litteral(terme)}%"]
    for coupe in range(1, len(mots)):
        prenom, nom = (_litteral(" ".join(partie)) for partie in (mots[:coupe], mots[coupe:]))
        ranges = [f'"{partie}"' if " " in partie else partie for partie in (prenom, nom)]
        motifs += [f"%,{','.join(ranges)},%", f"%,{','.join(reversed(ranges))},%"]
        motifs.append(f'%""nom"": ""{nom}"",%""prenom"": ""{prenom}""%')
    return motifs


def _litteral(terme: str) -> str:
    return terme.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
