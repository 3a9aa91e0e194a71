"""What happens, shown as it happens: facts streamed to the browsers that may see them."""
