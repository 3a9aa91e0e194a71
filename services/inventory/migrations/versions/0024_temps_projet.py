"""Time spent on projects and equipments, and its cost: what the margin of objects deducts."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

# What was told before is counted as it stands now; nobody then said what an hour cost.
REPRENDRE = """
INSERT INTO temps_projet (temps_id, demande_id, equipement_id, minutes)
SELECT (s.contenu ->> 'temps_id')::uuid, (s.contenu ->> 'demande_id')::uuid, (s.contenu ->> 'equipement_id')::uuid,
    coalesce(c.minutes, (s.contenu ->> 'minutes')::int)
FROM fait_du_fil s
LEFT JOIN (
    SELECT DISTINCT ON (contenu ->> 'temps_id') contenu ->> 'temps_id' AS temps_id, (contenu ->> 'minutes')::int AS minutes
    FROM fait_du_fil WHERE type = 'demandes.temps_corrige.v1' ORDER BY contenu ->> 'temps_id', rang DESC
) c ON c.temps_id = s.contenu ->> 'temps_id'
WHERE s.type = 'demandes.temps_saisi.v1' AND s.contenu ->> 'temps_id' NOT IN (
    SELECT contenu ->> 'temps_id' FROM fait_du_fil WHERE type = 'demandes.temps_retire.v1'
)
"""


def upgrade() -> None:
    op.create_table(
        "temps_projet",
        sa.Column("temps_id", sa.Uuid(), nullable=False),
        sa.Column("demande_id", sa.Uuid(), nullable=False),
        sa.Column("equipement_id", sa.Uuid(), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("cout_horaire_ht", sa.Numeric(precision=14, scale=2), nullable=True),
        sa.PrimaryKeyConstraint("temps_id", name=op.f("pk_temps_projet")),
    )
    for colonne in ("demande_id", "equipement_id"):
        op.create_index(op.f(f"ix_temps_projet_{colonne}"), "temps_projet", [colonne])
    op.execute(REPRENDRE)


def downgrade() -> None:
    op.drop_table("temps_projet")
