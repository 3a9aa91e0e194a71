"""/api/<service>/...: everything the pages do, for programs."""
