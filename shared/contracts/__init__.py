"""Every fact the services exchange: one module per emitting service, pydantic only."""
