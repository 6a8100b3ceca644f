"""Backups: everything an installation holds, in one encrypted file, and back again.

``archive`` is the file, ``database`` the copy of either engine, ``contents`` what is counted and
compared, ``doors`` the commands.
"""
