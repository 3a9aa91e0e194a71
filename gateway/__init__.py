"""Gateway: the door of staff and of programs.

Owns user accounts, sessions and API tokens. Authenticates, forwards /api/<service>/... with a short signed
token, assembles pages from several services in parallel, and streams what happens to the browsers.
Announces CompteModifie. Listens, for live pages only, to every fact.
"""
