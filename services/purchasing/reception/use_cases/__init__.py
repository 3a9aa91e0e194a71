"""What staff can cause to a reception: opening, reading codes, typing lines, validating."""
