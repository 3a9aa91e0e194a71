"""One folder per screen: routes and templates. The shell they share is in coque/."""
