"""The half-days each collaborator works; an ordinary week for those already known."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

JOURS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi")
ORDINAIRE = ",".join(f"{jour}_{demi}" for jour in JOURS for demi in ("matin", "apres_midi"))


def upgrade() -> None:
    textes = postgresql.ARRAY(sa.Text())
    par_defaut = f"{{{ORDINAIRE}}}"
    op.add_column("copie_collaborateur", sa.Column("demi_journees", textes, nullable=False, server_default=par_defaut))
    op.alter_column("copie_collaborateur", "demi_journees", server_default=None)


def downgrade() -> None:
    op.drop_column("copie_collaborateur", "demi_journees")
