"""Funding: a body applies for money, the authority examines the application.

Purpose: let a body say once what it applies for, on top of what is planned and agreed, and let the
authority examine it with everything in view. Owns applications, what was typed into them, their
papers, what was handed in, questions and what was settled. Never moves money: an application
commits nothing.
"""
