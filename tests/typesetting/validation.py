"""The check of a PDF against PDF/UA-1 and PDF/A-3a, by an independent validator.

Machine-checked, not certified: a person with a screen reader judges what a rule cannot.
"""

import page

PROFILES = (page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_3A)


def pdf_faults(content: bytes) -> list[str]:
    """What is wrong with a PDF under either profile, as ``rule: sentence``."""
    return [
        f"{failure.rule_id}: {failure.message}"
        for profile in PROFILES
        for failure in page.validate_pdf_bytes(content, profile=profile).failures
    ]
