"""Settings of the tests: the product's own, minus what only slows tests down."""

from zielwerk.config.mail_server import MailServer
from zielwerk.config.settings import *  # noqa: F403
from zielwerk.config.settings import DATABASES, ENVIRONMENT, MIDDLEWARE, STORAGES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MIDDLEWARE = [name for name in MIDDLEWARE if "whitenoise" not in name]
if DATABASES["default"]["ENGINE"].endswith("postgresql"):
    # A pool keeps connections that the tests' own teardown must be able to end.
    DATABASES["default"]["OPTIONS"].pop("pool", None)
# Tests change the world past the verbs too; those of kept answers keep them.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
# The tests live among the demo's people; those of a real installation say so.
DEMO = True
MAIL = MailServer("zielwerk@localhost", folder=ENVIRONMENT.data / "post")
globals().update(MAIL.in_settings())
