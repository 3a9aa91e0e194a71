"""How much a PV may show. Pure."""

PHOTOS_AU_PLUS = 12
