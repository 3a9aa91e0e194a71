"""Kinds of tiers are rows: the four there were, and those administrators add."""

import sqlalchemy as sa
from alembic import op

from shared.kernel.clock import SystemClock
from shared.kernel.ids import new_id

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

GENRES = (
    ("client", "Client", "accent"),
    ("prospect", "Prospect", "alerte"),
    ("fournisseur", "Fournisseur", "violet"),
    ("autre", "Autre", "neutre"),
)


def upgrade() -> None:
    instant = sa.DateTime(timezone=True)
    genre = op.create_table(
        "genre_tiers",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("cree_le", instant, nullable=False),
        sa.Column("modifie_le", instant, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("libelle", sa.Text(), nullable=False),
        sa.Column("ton", sa.Text(), nullable=False),
        sa.Column("rang", sa.Integer(), nullable=False),
        sa.Column("est_actif", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_genre_tiers")),
        sa.UniqueConstraint("code", name=op.f("uq_genre_tiers_code")),
        sa.UniqueConstraint("libelle", name=op.f("uq_genre_tiers_libelle")),
    )
    maintenant = SystemClock().now()
    commun = {"version": 1, "cree_le": maintenant, "modifie_le": maintenant, "est_actif": True}
    op.bulk_insert(
        genre,
        [
            {"id": new_id(), "code": code, "libelle": libelle, "ton": ton, "rang": rang, **commun}
            for rang, (code, libelle, ton) in enumerate(GENRES, 1)
        ],
    )


def downgrade() -> None:
    op.drop_table("genre_tiers")
