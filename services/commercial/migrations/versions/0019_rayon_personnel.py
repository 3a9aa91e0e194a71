"""A shelf may be somebody's own; those made before stay everybody's."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("rayon", sa.Column("proprietaire_id", sa.Uuid(), nullable=True))
    op.drop_constraint("uq_rayon_nom", "rayon", type_="unique")
    op.create_index(
        "uq_rayon_nom", "rayon", ["proprietaire_id", "nom"], unique=True, postgresql_nulls_not_distinct=True
    )


def downgrade() -> None:
    op.execute("DELETE FROM produit_rayon p USING rayon r WHERE r.id = p.rayon_id AND r.proprietaire_id IS NOT NULL")
    op.execute("DELETE FROM rayon WHERE proprietaire_id IS NOT NULL")
    op.drop_index("uq_rayon_nom", "rayon")
    op.create_unique_constraint("uq_rayon_nom", "rayon", ["nom"])
    op.drop_column("rayon", "proprietaire_id")
