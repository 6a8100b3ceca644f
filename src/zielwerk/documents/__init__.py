"""Files as they came and as they went out, kept once by their content.

Owns: stored files (a scanned text, a published PDF) under their checksum. Never: what a file
means; the room that stores one knows that.
"""
