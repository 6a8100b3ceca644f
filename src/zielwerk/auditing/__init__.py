"""The audit log for who audits: read, proved, compared with a kept seal, taken along.

Purpose: let auditors convince themselves, with and without this software, that nothing was
changed past the log; and let be known who looked at data of persons. Owns the verifications and
the inquiries into who looked. Never changes the log, and never shows more of a case than its page.
"""
