"""People, the organisation each acts for, and how they sign in.

Owns: persons, their role and perimeter, the demo sign-in. Never: what a role may do
(each room's ``policies`` says that), nor anything about the people a programme supports.
"""
