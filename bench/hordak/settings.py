"""The least of a Django project that keeps its books with django-hordak.

The database is the one that the product is measured on, with the same pool of connections.
"""

import os
from urllib.parse import parse_qsl, urlsplit

SECRET_KEY = "measured, never served"
INSTALLED_APPS = ["django.contrib.contenttypes", "mptt", "hordak"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "UTC"
DEFAULT_CURRENCY = "EUR"
CURRENCIES = ["EUR"]
_SERVER = urlsplit(os.environ["ZIELWERK_DATABASE_URL"])
_WHERE = dict(parse_qsl(_SERVER.query))
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "hordak",
        "USER": _SERVER.username,
        "HOST": _WHERE["host"],
        "PORT": _WHERE["port"],
        "OPTIONS": {"pool": {"min_size": 1, "max_size": 8}},
    }
}
