"""The workshop: preparation sheets, stock, physical objects, labels."""
