"""The whole configuration in one piece: types, boards, subjects, read and replaced together."""
