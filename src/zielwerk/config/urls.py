"""All addresses. Every route names a permission; an unlisted one fails a test."""

from django.urls import include, path

from zielwerk.config import converters
from zielwerk.identity.urls import NAMED_BY_THE_LIBRARY

converters.register()

urlpatterns = [
    path("", include("zielwerk.publication.urls")),
    path("", include("zielwerk.identity.urls")),
    path("", include("zielwerk.ui.urls")),
    path("", include("zielwerk.disclosures.urls")),
    path("", include("zielwerk.setup.urls")),
    path("arbeit/", include("zielwerk.desk.urls")),
    path("arbeit/", include("zielwerk.auditing.urls")),
    path("arbeit/", include("zielwerk.agreements.urls")),
    path("arbeit/", include("zielwerk.measures.urls")),
    path("arbeit/", include("zielwerk.ledger.urls")),
    path("arbeit/", include("zielwerk.programme.urls")),
    path("arbeit/", include("zielwerk.notes.urls")),
    path("arbeit/", include("zielwerk.filing.urls")),
    path("", include("zielwerk.messaging.urls")),
    path("arbeit/", include("zielwerk.budget.urls")),
    path("arbeit/", include("zielwerk.allocation.urls")),
    path("arbeit/", include("zielwerk.succession.urls")),
    path("arbeit/", include("zielwerk.adjustments.urls")),
    path("", include("zielwerk.strategy.urls")),
    path("", include("zielwerk.passing.urls")),
    path("", include("zielwerk.granting.urls")),
    path("", include("zielwerk.funding.urls")),
    path("", include("zielwerk.negotiation.urls")),
    path("", include("zielwerk.conclusion.urls")),
    path("arbeit/", include("zielwerk.imports.urls")),
    path("", include(NAMED_BY_THE_LIBRARY)),
]
handler400 = "zielwerk.ui.views.bad_request"
handler403 = "zielwerk.ui.views.forbidden"
handler404 = "zielwerk.ui.views.not_found"
handler500 = "zielwerk.ui.views.server_error"
