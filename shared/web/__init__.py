"""How a service is served over HTTP: application factory, doors, permissions, problems, paging."""
