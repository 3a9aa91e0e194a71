"""Everything an installation knows: put in one file, put back, or handed over as tables anybody can read."""
