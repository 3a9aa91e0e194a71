"""A collaborator: somebody of the company."""
