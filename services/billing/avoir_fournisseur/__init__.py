"""The credit notes of suppliers: awaited after a return, then received, in one paper or several."""
