"""A type of product: the configuration form, the workshop actions and the label its objects ask for."""
