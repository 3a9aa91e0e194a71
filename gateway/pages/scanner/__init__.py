"""The scanner of the phone: a label or a serial number leads to its object."""
