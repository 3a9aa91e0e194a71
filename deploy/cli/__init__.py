"""The `amanela` command: running the product and looking after its facts."""
