"""People, the posts in which they act, who stands in for whom, and how they sign in.

Owns: persons, posts, deputyships, handovers, one-time links, the demo sign-in. Never: what a role
may do (each room's ``policies`` says that), nor anything about the people a programme supports.
"""
