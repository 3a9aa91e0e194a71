"""Reading the files of suppliers: their rows (lecture), what they change (importation)."""
