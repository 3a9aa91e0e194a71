"""Supplier invoices, ours to check and those received, are searched by the beginnings of words."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None
ACHATS = """
SELECT concat_ws(' ', a.fournisseur_nom, a.numero, a.reception_numero, a.facture_fournisseur,
  (SELECT string_agg(DISTINCT l.commande_numero, ' ') FROM ligne_affaire_fournisseur l WHERE l.affaire_fournisseur_id = a.id),
  {total}, {facture})
"""
RECUES = """
SELECT concat_ws(' ', a.fournisseur_nom, a.vendeur, a.numero, a.contenu->>'commande', a.contenu->>'corrige',
  a.achat_numero, a.attendu_numero, {ht}, {ttc})
"""
MONTANT = "replace(to_char(abs(({0})::numeric), 'FM999999990.00'), '.', ',')"
# What was kept, in words: the parts of each reference, and the reference glued.
MOTS = """
UPDATE {table} a SET recherche_texte = (
  SELECT regexp_replace(t.texte, '[^[:alnum:] ]+', ' ', 'g') || ' ' || regexp_replace(t.texte, '[^[:alnum:] ]+', '', 'g')
  FROM (SELECT translate(lower(({textes})), 'àâäéèêëîïôöùûüç', 'aaaeeeeiioouuuc') AS texte) t)
"""
TEXTES = {
    "affaire_fournisseur": ACHATS.format(
        total=MONTANT.format("a.total_ht"), facture=MONTANT.format("a.total_facture_ht")
    ),
    "facture_recue": RECUES.format(
        ht=MONTANT.format("a.contenu->>'total_ht'"), ttc=MONTANT.format("a.contenu->>'total_ttc'")
    ),
}


def upgrade() -> None:
    for table, textes in TEXTES.items():
        op.add_column(table, sa.Column("recherche_texte", sa.Text(), nullable=False, server_default=""))
        op.alter_column(table, "recherche_texte", server_default=None)
        op.execute(MOTS.format(table=table, textes=textes))
        calculee = sa.Computed("to_tsvector('simple', recherche_texte)", persisted=True)
        op.add_column(table, sa.Column("recherche", postgresql.TSVECTOR(), calculee, nullable=False))
        op.create_index(f"ix_{table}_recherche", table, ["recherche"], postgresql_using="gin")


def downgrade() -> None:
    for table in TEXTES:
        op.drop_index(f"ix_{table}_recherche", table_name=table, postgresql_using="gin")
        op.drop_column(table, "recherche")
        op.drop_column(table, "recherche_texte")
