"""Mails received in the company's mailbox: each becomes a demande, a note of the demande it answers, or waits for somebody."""
