"""Paper: the French commercial documents every service prints, labels, their legal mentions and their formats.

A service describes a document as plain values (`papier.Papier`), writes a short template that extends
`papier.html`, and asks the `Renderer` for bytes. Layout, fonts, numbering of pages and refusals live here once.
"""
