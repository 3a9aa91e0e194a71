"""Reminding clients who hold a devis: the scheme of the company, the mails it sends, the calls it asks for."""
