"""Who has the same record open at this moment, and who types in it: forgotten half a minute after their last sign."""
