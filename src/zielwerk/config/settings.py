"""Django's settings, from one typed environment."""

from pathlib import Path

from csp.constants import NONE, SELF

from zielwerk.config.environment import database, read_environment
from zielwerk.tables import LIMITS as TABLES

ENVIRONMENT = read_environment()
PACKAGE = Path(__file__).resolve().parent.parent

SECRET_KEY = ENVIRONMENT.secret_key
DEBUG = ENVIRONMENT.develop
ALLOWED_HOSTS = list(ENVIRONMENT.hosts)
ROOT_URLCONF = "zielwerk.config.urls"
WSGI_APPLICATION = "zielwerk.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

ROOMS = [
    "core",
    "ui",
    "disclosures",
    "identity",
    "ledger",
    "auditing",
    "documents",
    "imports",
    "notes",
    "messaging",
    "filing",
    "programme",
    "budget",
    "succession",
    "allocation",
    "adjustments",
    "strategy",
    "measures",
    "agreements",
    "negotiation",
    "conclusion",
    "publication",
    "funding",
    "granting",
    "passing",
    "setup",
    "desk",
]
# Sign-in: the library's tables and steps, none of its pages.
LIBRARY = [
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "csp",
    "django_tasks",
    "django_tasks_db",
    *LIBRARY,
    *(f"zielwerk.{room}" for room in ROOMS),
    "zielwerk.config.apps.Config",
]
MIDDLEWARE = [
    "zielwerk.ui.requests.RequestId",
    *(["zielwerk.core.develop.QueryLog"] if ENVIRONMENT.develop else []),
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "zielwerk.ui.requests.Compressed",
    "zielwerk.ui.requests.Policy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "zielwerk.identity.views.ActingAs",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "zielwerk.ui.requests.Door",
    "zielwerk.setup.views.FirstPage",
    "zielwerk.identity.views.SecondFactor",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "zielwerk.ui.layout.frame",
            ],
            "builtins": ["django.templatetags.i18n", "zielwerk.ui.templatetags.ui"],
        },
    },
]
FORM_RENDERER = "zielwerk.ui.forms.FormRenderer"

DATABASES = {"default": database(ENVIRONMENT)}
# The programme that this installation serves; the data keep it as a dimension all the same.
PROGRAMME = ENVIRONMENT.programme
# Demo persons sign in without a password: only where the data are a demo's.
DEMO = ENVIRONMENT.demo
# What the strip above every page says beside that this is a demo, or a place to develop.
SITE_LINE = ENVIRONMENT.site_line
CSRF_FAILURE_VIEW = "zielwerk.ui.views.stale_form"
AUTH_USER_MODEL = "identity.User"
AUTHENTICATION_BACKENDS = ["zielwerk.identity.views.Backend"]
# The first hashes what is chosen from now on.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
_VALIDATION = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": f"{_VALIDATION}.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name", "organisation")},
    },
    {"NAME": f"{_VALIDATION}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{_VALIDATION}.CommonPasswordValidator"},
    {"NAME": f"{_VALIDATION}.NumericPasswordValidator"},
]
ACCOUNT_ADAPTER = "zielwerk.identity.views.AccountAdapter"
ACCOUNT_LOGIN_METHODS, ACCOUNT_SIGNUP_FIELDS = {"email"}, ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD, ACCOUNT_EMAIL_VERIFICATION = None, "none"
# Attempts are counted in the database (``rulebook/throttle.py``): for all processes at once.
ACCOUNT_RATE_LIMITS = MFA_RATE_LIMITS = False
MFA_ADAPTER = "zielwerk.identity.views.FactorAdapter"
MFA_SUPPORTED_TYPES = ["recovery_codes", "totp", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED, MFA_TOTP_ISSUER = True, "Zielwerk"
# The organisation's own sign-in service, None without one.
OIDC = ENVIRONMENT.provider
SOCIALACCOUNT_PROVIDERS = OIDC.in_settings() if OIDC else {}
# Of whom more than a password is asked: everybody who decides or administers.
SECOND_FACTOR_ROLES = ENVIRONMENT.second_factor
# So long a one-time link is good.
LINK_DAYS = ENVIRONMENT.link_days
LOOK_DAYS = ENVIRONMENT.look_days
# Where mail goes; None: nobody is told by mail.
MAIL = ENVIRONMENT.mail
globals().update(MAIL.in_settings() if MAIL else {})
LOGIN_URL = "identity:sign_in"
LOGIN_REDIRECT_URL = "desk:home"
# Sessions lie in the database and slide with work; so long without work ends them.
SESSION_ENGINE = "zielwerk.core.sessions"
SESSION_COOKIE_AGE = ENVIRONMENT.session_minutes * 60
# So long after the sign-in a session ends, whatever is done.
SESSION_HOURS = ENVIRONMENT.session_hours
# Demo, development and real installation on one host never share a session.
SESSION_COOKIE_NAME = f"sessionid{ENVIRONMENT.cookie_suffix}"
CSRF_COOKIE_NAME = f"csrftoken{ENVIRONMENT.cookie_suffix}"
KEPT_COOKIE_NAME = f"zw-eingabe{ENVIRONMENT.cookie_suffix}"
SESSION_COOKIE_HTTPONLY, SESSION_COOKIE_SAMESITE = True, "Lax"
# What was done is said on the next page; it waits in the session, so nobody without one is
# given a cookie for it.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENVIRONMENT.https
CSRF_COOKIE_HTTPONLY = True
# Set only where somebody chooses a language, until the browser is closed.
LANGUAGE_COOKIE_HTTPONLY, LANGUAGE_COOKIE_SAMESITE = True, "Lax"
LANGUAGE_COOKIE_SECURE = ENVIRONMENT.https
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENVIRONMENT.https else None
SECURE_HSTS_SECONDS = 31_536_000 if ENVIRONMENT.https else 0
# The web server before us redirects to TLS; other names of its domain are not ours to decide on.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W008", "security.W021"]
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        # KERN draws its icons and select arrows as data: images.
        "img-src": [SELF, "data:"],
        # The operator's video in German Sign Language, served from here.
        "media-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}

LANGUAGE_CODE = "de"
LANGUAGES = [("de", "Deutsch"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
TIME_ZONE = "Europe/Berlin"
USE_TZ = True
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "/static/"
STATIC_ROOT = ENVIRONMENT.data / "static"
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "zielwerk.config.finders.OperatorsVideo",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 3600

# The largest text that is read as an agreement, in bytes; a real one has about 8,000.
AGREEMENT_TEXT_LIMIT = 2_000_000
# What is kept of all files of one request, in bytes; the rest is dropped as it comes.
UPLOAD_LIMIT = max(AGREEMENT_TEXT_LIMIT, TABLES.file_bytes)
DATA_UPLOAD_MAX_NUMBER_FILES = 2
DATA_UPLOAD_MAX_MEMORY_SIZE = AGREEMENT_TEXT_LIMIT + 500_000
FILE_UPLOAD_HANDLERS = ["zielwerk.core.uploads.Bounded"]

# Rendered public answers, in each process's own memory; a few hundred of at most 100 kB.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "TIMEOUT": 60 * 60,
        "OPTIONS": {"MAX_ENTRIES": 300},
    }
}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "text": {"()": "zielwerk.core.logs.TextFormatter"},
        "json": {"()": "zielwerk.core.logs.JsonFormatter"},
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": ENVIRONMENT.log_format},
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "zielwerk": {"level": "INFO"},
        # In development the query log says all that this line says, and more.
        "zielwerk.request": {"level": "WARNING" if ENVIRONMENT.develop else "INFO"},
        "django": {"handlers": []},  # the console would say what it says twice
        "django.server": {"level": "WARNING"},
        "django_tasks": {"level": "CRITICAL"},  # our own jobs say what there is to say
        "django_tasks_db": {"level": "CRITICAL"},
        "django.request": {"level": "ERROR"},
        "django.security": {"level": "ERROR"},
    },
}
