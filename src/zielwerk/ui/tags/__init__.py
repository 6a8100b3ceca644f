"""The tags, one file a subject; ``core/templatetags/ui.py`` joins them."""
