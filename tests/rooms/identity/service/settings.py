"""Settings of the service; the environment names its folder."""

import os
from pathlib import Path

FOLDER = Path(os.environ["SERVICE_FOLDER"])
SITE = "tests.rooms.identity.service.site"
SECRET_KEY = "a service of tests"
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = SITE
LOGIN_URL = "/log-in"
USE_TZ = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "service", "service_csrf"
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": FOLDER / "service.db"}}
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "allauth",
    "allauth.account",
    "allauth.idp.oidc",
]
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}]
IDP_OIDC_ADAPTER = f"{SITE}.Adapter"
IDP_OIDC_RATE_LIMITS = False
IDP_OIDC_RP_INITIATED_LOGOUT_ASKS_FOR_OP_LOGOUT = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # no secrets are kept here
DEBUG_PROPAGATE_EXCEPTIONS = True  # a fault that nobody asked for is told
