"""The agenda of a person as a private address that Outlook, Thunderbird or Google reads."""
