"""What staff do with a count: write the sheet, then settle the differences."""
