"""Two files that were one tiers: the one kept absorbs the other, with all that hangs from it."""
