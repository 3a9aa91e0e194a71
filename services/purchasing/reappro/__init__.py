"""Reorder rules: how much of a consumable each depot keeps, and what must be bought for it."""
