"""The fil de vie: everything that happened to an object, in every service, told in one list."""
