"""The acts of an official's year, each done at the doors of the web and told to the model.

An act is a function of a walk and of what the official decides. It is done by whom the programme
names for it, a second person where it wants one, on the walk's own day; then the model is told in
its own words. A new act is a function here and a method of the model.
"""
