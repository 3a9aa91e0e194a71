"""Parts used on a demande: one entry, on the phone of whoever repairs, moves the stock and tells billing."""
