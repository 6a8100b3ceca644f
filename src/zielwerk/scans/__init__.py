"""Paper that comes back: codes on every page, reading a scan, comparing it. Needs no Django.

Owns: the code that each page of a document for paper carries, the reading of a scanned file, and
what is to be said of it beside the version that was approved. Never: what is agreed, who signed,
the recognition of pictures, the network. Doors that read a file of somebody else call
:mod:`zielwerk.scans.apart`, which does so in a process of its own.
"""
