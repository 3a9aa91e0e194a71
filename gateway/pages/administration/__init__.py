"""Accounts, the company, the interfaces for programs."""
