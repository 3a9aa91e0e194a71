"""Stock counts: what is really there, and the movements that say so."""
