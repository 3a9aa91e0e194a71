"""What a drawn signature may be. Pure."""

# An SVG path of whole numbers in a frame of 600 by 200, as the signature island writes it: nothing else gets in.
TRACE = r"^(M[0-9]{1,3} [0-9]{1,3}(L[0-9]{1,3} [0-9]{1,3})+)$"
TRACE_MAX = 20_000
PHOTOS_AU_PLUS = 12
