"""What signatures added to a file, in the form that confirms them."""

from base64 import b64decode

from django import forms

from zielwerk.conclusion import queries
from zielwerk.conclusion.models import Conclusion
from zielwerk.documents import queries as documents
from zielwerk.rulebook.refusal import Refusal, Refused, msg


class AddedForm(forms.Form):
    """What signatures added to the newest file, as it was shown to whoever confirms it."""

    grundlage = forms.CharField(widget=forms.HiddenInput)
    anhang = forms.CharField(widget=forms.HiddenInput)

    def content(self, conclusion: Conclusion) -> bytes:
        """The signed file; raises Refused where the newest file is another meanwhile."""
        newest = queries.newest(conclusion)
        if not self.is_valid() or newest is None:
            raise Refused(Refusal("conclusion.nothing_sent", NOTHING_SENT))
        if newest.sha256 != self.cleaned_data["grundlage"]:
            last = queries.verdict_of(conclusion)
            names = ", ".join(each.name for each in last.signatures) if last else ""
            sentence = queries.SIGNED_OLDER
            raise Refused(Refusal("conclusion.signed_older_file", sentence, {"names": names}))
        try:
            added = b64decode(self.cleaned_data["anhang"], validate=True)
        except ValueError as error:
            raise Refused(Refusal("conclusion.nothing_sent", NOTHING_SENT)) from error
        return documents.text_of(newest) + added


NOTHING_SENT = msg("Die Datei kam nicht vollständig an. Bitte wählen Sie sie noch einmal.")
