"""Demandes: boards, lists, the page of a demande, types and states."""
