"""The catalogues of suppliers: imported from their files, updated by their key, searched while quoting."""
