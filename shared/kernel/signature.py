"""What a drawn signature may be: strokes of whole numbers in a frame of 600 by 200, as the signature island writes them.

Nothing else gets in, so that it may be printed as it is.
"""

TRAIT = r"(M[0-9]{1,3} [0-9]{1,3}(L[0-9]{1,3} [0-9]{1,3})+)"
TRACE = rf"^{TRAIT}+$"
TRACE_OU_RIEN = rf"^{TRAIT}*$"
TRACE_MAX = 20_000
