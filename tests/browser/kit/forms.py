"""Fields of every kind."""

from django import forms

from zielwerk.ui.forms import DayField, MoneyField

KINDS = [("training", "Ausbildung"), ("qualification", "Qualifizierung")]
PLACES = [("", "alle"), ("06435", "Main-Kinzig-Kreis"), ("06412", "Frankfurt am Main")]


class Everything(forms.Form):
    title = forms.CharField(label="Titel", help_text="Wie er in der Vereinbarung steht")
    email = forms.EmailField(
        label="E-Mail-Adresse", widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    amount = MoneyField(label="Betrag")
    concluded = DayField(label="Tag der Unterschrift", required=False)
    body = forms.ChoiceField(label="Gebietskörperschaft", choices=PLACES)
    kind = forms.ChoiceField(label="Art", choices=KINDS, widget=forms.RadioSelect)
    areas = forms.MultipleChoiceField(
        label="Rechtskreise",
        choices=[("sgb2", "SGB II"), ("sgb3", "SGB III")],
        widget=forms.CheckboxSelectMultiple,
        help_text="Mehrere sind möglich",
    )
    text = forms.FileField(label="Text der Vereinbarung", help_text="Höchstens 2 MB")
    reason = forms.CharField(label="Begründung", widget=forms.Textarea(attrs={"rows": 3}))
    agreed = forms.BooleanField(label="Ich habe den Text gelesen")


class Narrowing(forms.Form):
    q = forms.CharField(label="Suche", required=False)
    body = forms.ChoiceField(label="Gebietskörperschaft", choices=PLACES, required=False)
    kind = forms.ChoiceField(label="Art", choices=[("", "alle"), *KINDS], required=False)
    only_mine = forms.BooleanField(label="nur meine", required=False)
