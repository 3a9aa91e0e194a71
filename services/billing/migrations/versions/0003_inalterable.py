"""What was issued can no longer change (CGI 286 I 3 bis: inalterability), whoever holds the connection."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

FIGEES = (
    "numero, rang, nature, affaire_client_id, facture_origine_id, tiers_id, emise_le, echeance, "
    "total_ht, total_tva, total_ttc, contenu, empreinte_precedente, empreinte"
)
FONCTION = f"""
CREATE FUNCTION facture_inalterable() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'facture %: une facture emise ne se supprime pas', OLD.numero;
  END IF;
  IF ({", ".join("OLD." + c.strip() for c in FIGEES.split(","))})
     IS DISTINCT FROM ({", ".join("NEW." + c.strip() for c in FIGEES.split(","))}) THEN
    RAISE EXCEPTION 'facture %: une facture emise ne se modifie pas', OLD.numero;
  END IF;
  IF OLD.document_sha256 IS NOT NULL AND NEW.document_sha256 IS DISTINCT FROM OLD.document_sha256 THEN
    RAISE EXCEPTION 'facture %: son document est deja conserve', OLD.numero;
  END IF;
  RETURN NEW;
END $$
"""


def upgrade() -> None:
    op.execute(FONCTION)
    op.execute(
        "CREATE TRIGGER facture_inalterable BEFORE UPDATE OR DELETE ON facture "
        "FOR EACH ROW EXECUTE FUNCTION facture_inalterable()"
    )


def downgrade() -> None:
    op.execute("DROP TRIGGER facture_inalterable ON facture")
    op.execute("DROP FUNCTION facture_inalterable()")
