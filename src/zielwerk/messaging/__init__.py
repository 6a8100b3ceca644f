"""What people are told: notices, mail, reminders, the calendar of one's own deadlines.

Purpose: tell whoever is concerned what waits for her and what became of what she had a part in,
on her desk and by mail as she chose. Owns notices, choices of delivery, the outbox and the
calendar. Never decides anything and never touches a case: all that it tells is read from the
audit chain and from the open steps of cases.
"""
