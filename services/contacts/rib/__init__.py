"""Where a contact is paid: an IBAN that holds, seen and changed by those who may."""
