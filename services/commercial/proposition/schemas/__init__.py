"""What the API takes (saisies) and gives (vues) about propositions."""
