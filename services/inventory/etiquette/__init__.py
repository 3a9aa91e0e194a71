"""A label: an opaque unique code on a QR sticker, bound once to one object."""
