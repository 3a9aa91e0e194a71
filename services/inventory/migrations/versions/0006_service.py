"""Who is served first: priority, then delay; and the affaires that give it."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None
EN_COURS = sa.text("etat <> 'validee'")


def upgrade() -> None:
    op.create_table(
        "copie_affaire",
        sa.Column("affaire_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("libelle", sa.Text(), nullable=False),
        sa.Column("priorite", sa.Integer(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("affaire_id", name=op.f("pk_copie_affaire")),
    )
    op.add_column(
        "feuille",
        sa.Column(
            "echeance",
            sa.Date(),
            sa.Computed("coalesce(livraison_souhaitee, DATE '9999-12-31')", persisted=True),
            nullable=False,
        ),
    )
    op.drop_index("ix_feuille_service", table_name="feuille", postgresql_where=EN_COURS)
    op.create_index(
        "ix_feuille_service", "feuille", ["priorite", "echeance", "signee_le", "id"], postgresql_where=EN_COURS
    )
    op.create_index("ix_feuille_echeance", "feuille", ["echeance", "id"], postgresql_where=EN_COURS)


def downgrade() -> None:
    op.drop_index("ix_feuille_echeance", table_name="feuille", postgresql_where=EN_COURS)
    op.drop_index("ix_feuille_service", table_name="feuille", postgresql_where=EN_COURS)
    op.drop_column("feuille", "echeance")
    op.create_index("ix_feuille_service", "feuille", ["priorite", "signee_le", "id"], postgresql_where=EN_COURS)
    op.drop_table("copie_affaire")
