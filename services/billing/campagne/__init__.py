"""A campagne: the monthly run that bills contracts, validated step by step."""
