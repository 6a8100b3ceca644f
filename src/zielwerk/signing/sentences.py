"""What is said of a file and its signatures."""

from collections.abc import Iterator

from zielwerk.rulebook.refusal import Said, msg
from zielwerk.signing.model import Later, Result, Signature, said

RESULTS = {
    Result.VALID: msg(
        "Gültig: Jede Unterschrift in der Datei ist echt, und was sie deckt, ist unverändert."
    ),
    Result.INVALID: msg("Ungültig: Auf die Unterschriften in dieser Datei ist kein Verlass."),
    Result.UNCLEAR: msg(
        "Nicht zu beurteilen: Ob die Unterschriften gelten, lässt sich so nicht sagen."
    ),
}

EMPTY = msg("Nicht zu beurteilen: Die Datei ist leer.")
LARGE = msg("Nicht zu beurteilen: Die Datei ist größer als {most} Megabyte.")
ZIP = msg("Nicht zu beurteilen: Die Datei ist kein PDF, sondern ein ZIP-Archiv.")
NO_PDF = msg("Nicht zu beurteilen: Die Datei ist kein PDF.")
ENCRYPTED = msg("Nicht zu beurteilen: Das PDF ist verschlüsselt.")
DAMAGED = msg(
    "Nicht zu beurteilen: Das PDF ist beschädigt und lässt sich nicht bis zum Ende lesen."
)
TOO_LONG = msg(
    "Nicht zu beurteilen: Die Prüfung war nach {seconds} Sekunden nicht fertig und wurde beendet."
)
OTHER_KIND = msg(
    "Nicht zu beurteilen: In der Datei sind Unterschriften einer Art, die hier nicht geprüft werden"
    " kann."
)
UNSIGNED = msg("Ungültig: Die Datei ist nicht unterschrieben.")
MISSING = msg("Es fehlt: {label}.")

BROKEN = msg(
    "Was {name} unterschrieben hat, wurde danach geändert, oder die Unterschrift ist beschädigt."
)
ALTERED = msg("Nach der Unterschrift von {name} wurde die Datei geändert.")
ADDED = msg(
    "Nach der Unterschrift von {name} kam etwas hinzu, das niemand unterschrieben hat oder das man"
    " über den Text legen kann. Ob es täuscht, muss ein Mensch ansehen."
)
WITH_THE_FIRST = msg(
    "Zusammen mit der ersten Unterschrift wurde die vorbereitete Datei auch sonst geändert."
)
WRONG_PERSON = msg("Im Feld „{label}“ sollte {wanted} unterschreiben; unterschrieben hat {name}.")
TWICE = msg("{name} hat zweimal unterschrieben.")
CLOCK = msg("Ein Zeitstempel der ganzen Datei passt nicht zu ihrem Inhalt.")

BROKEN_CLOCK = msg("Der Zeitstempel an der Unterschrift von {name} ist beschädigt oder gefälscht.")
NO_TIME = msg("Wann {name} unterschrieben hat, sagt die Datei nicht.")
OUTDATED = msg(
    "Das Zertifikat von {name} galt vom {begin} bis {end}; unterschrieben wurde am {time} Uhr."
)
FUTURE = msg("Die Unterschrift von {name} gibt als Zeit {time} Uhr an; das ist noch nicht.")
REVOKED = msg("Das Zertifikat von {name} wurde am {day} Uhr gesperrt.")
NO_AUTHORITIES = msg(
    "Wer unterschrieben hat, kann niemand bestätigen: Hier ist keine Prüfstelle hinterlegt."
)
EXPIRED = msg(
    "Das Zertifikat von {name} oder das seiner Prüfstelle ist abgelaufen, und für die Zeit der"
    " Unterschrift bürgt niemand."
)
UNKNOWN = msg("Das Zertifikat von {name} kommt von keiner Prüfstelle, der hier vertraut wird.")
NOT_FOR_SIGNING = msg(
    "Das Zertifikat von {name} ist nicht dazu bestimmt, Erklärungen zu unterschreiben."
)
NOT_TRUSTED = msg(
    "Das Zertifikat von {name} lässt sich nicht bis zu einer Prüfstelle verfolgen, der hier"
    " vertraut wird."
)
REVOKED_LATER = msg(
    "Das Zertifikat von {name} wurde am {day} Uhr gesperrt. Dass davor unterschrieben wurde, sagt"
    " nur die Unterschrift selbst."
)
NO_REVOCATIONS = msg(
    "Ob ein Zertifikat gesperrt wurde, ist nicht geprüft: Hier liegt keine aktuelle Sperrliste."
)
SHOWN = msg("Das Zertifikat von {name} ist zur Vorführung gemacht und verpflichtet niemanden.")

SIGNED = msg("{who} hat am {time} Uhr unterschrieben.")
CLAIMED = msg(
    "{who} hat nach eigener Angabe am {time} Uhr unterschrieben; für die Zeit bürgt niemand."
)
COVERS_ALL = msg("Die Unterschrift von {name} deckt die ganze Datei.")
COVERS_THEN = msg(
    "Die Unterschrift von {name} deckt die Datei, wie sie damals war; seitdem kamen nur"
    " Unterschriften hinzu."
)


def of(signature: Signature) -> Iterator[Said]:
    """Who signed when, and what of the file that covers; nothing of a signature that is broken."""
    if not signature.is_intact:
        return
    who = ", ".join(filter(None, (signature.name, signature.office, signature.organisation)))
    if signature.time:
        yield said(SIGNED if signature.time_is_proven else CLAIMED, who=who, time=signature.time)
    if signature.covers_whole_document:
        yield said(COVERS_ALL, name=signature.name)
    elif signature.later is Later.SIGNATURES:
        yield said(COVERS_THEN, name=signature.name)
