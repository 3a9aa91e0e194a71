"""Mail to customers and suppliers: one message type, one sender speaking SMTP, one French template.

Sending is a job, outside any transaction; its Message-ID is derived from the fact or document that caused it,
so a retry sends the same message and can be recognised.
"""
