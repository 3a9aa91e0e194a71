"""A facture (or avoir): issued once, numbered without gap, chained, never changed; sent and paid."""
