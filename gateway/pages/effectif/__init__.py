"""Who works here and where: agencies, collaborators, teams."""
