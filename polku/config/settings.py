"""All settings, in one file. Values come from the environment through typed readers.

docs/operate/settings.md names each variable; a test holds the two together.
"""

from __future__ import annotations

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from polku.config import database, reading

BASE_DIR = Path(__file__).resolve().parent.parent.parent

POLKU_ENV = reading.environment()
PRODUCTION = POLKU_ENV == "production"
DEMO = POLKU_ENV == "demo" or (POLKU_ENV != "production" and reading.flag("POLKU_DEMO"))
STATE_DIR = reading.state_dir(BASE_DIR)
# Where the chains of the audit record end, out of the database's reach. Tests name their own place.
AUDIT_HEADS = None if POLKU_ENV == "test" else STATE_DIR / "audit"

POLKU_KEY = reading.key("POLKU_KEY", state=STATE_DIR, production=PRODUCTION)
SECRET_KEY = reading.key("POLKU_SECRET_KEY", state=STATE_DIR, production=PRODUCTION).hex()

DEBUG = reading.flag("POLKU_DEBUG") and not PRODUCTION
ALLOWED_HOSTS = reading.text("POLKU_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [o for o in reading.text("POLKU_ORIGINS", "").split(",") if o]
POLKU_ADDRESS = reading.text("POLKU_ADDRESS", "http://127.0.0.1:8000")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "procrastinate.contrib.django",
    "polku.web",
    "polku.law",
    "polku.clients",
    "polku.teamwork",
    "polku.contacts",
    "polku.paths",
    "polku.placements",
    "polku.statements",
    "polku.insight",
    "polku.portal",
    "polku.desk",
    "polku.exchange",
    "polku.demo",
    "polku.foundation",
]

MIDDLEWARE = [
    "polku.foundation.middleware.RequestIdMiddleware",
    "polku.foundation.middleware.SecurityHeadersMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "polku.foundation.door.sessions.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "polku.web.middleware.in_words",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "polku.foundation.middleware.DoorMiddleware",
    "polku.foundation.door.middleware.SignInRequired",
    "polku.law.middleware.LawOfTheRequest",
    "polku.web.middleware.panel",
]

ROOT_URLCONF = "polku.config.urls"
WSGI_APPLICATION = "polku.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "OPTIONS": {
            "loaders": [
                ("polku.web.folding.Loader", ["django.template.loaders.app_directories.Loader"])
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "polku.web.context.page",
                "polku.desk.context.layout",
                "polku.demo.context.demo",
            ],
        },
    }
]

FORM_RENDERER = "polku.web.drawing.Renderer"

DATABASES = database.databases()
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "foundation.User"
AUTHENTICATION_BACKENDS = ["polku.foundation.door.backend.Backend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]

# The second step is required wherever real people's data is; a demo or a developer may go without.
SECOND_FACTOR_REQUIRED = PRODUCTION or reading.flag("POLKU_SECOND_FACTOR")
BEHIND_PROXY = reading.flag("POLKU_BEHIND_PROXY")

# Accounts are made by invitation only; tries are counted by foundation.door.limits.
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_RATE_LIMITS = False
MFA_ADAPTER = "polku.foundation.door.second_step.Adapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Polku"
MFA_RECOVERY_CODE_COUNT = 10

LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/sign-in/"

SESSION_ENGINE = "polku.foundation.door.sessions"
SESSION_COOKIE_NAME = "polku_session"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_AGE = 12 * 60 * 60
CSRF_COOKIE_SECURE = PRODUCTION
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "polku.web.views.csrf_failure"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
# Whoever asks whether pages can be served asks on this machine, without TLS.
SECURE_REDIRECT_EXEMPT = [r"^health/$"]
SECURE_SSL_REDIRECT = PRODUCTION and reading.flag("POLKU_SSL_REDIRECT", True)
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
SECURE_HSTS_PRELOAD = PRODUCTION
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
X_FRAME_OPTIONS = "DENY"

LANGUAGE_CODE = "fi"
LANGUAGES = [("fi", _("Finnish")), ("sv", _("Swedish")), ("en", _("English"))]
LANGUAGE_COOKIE_NAME = "polku_language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
TIME_ZONE = "Europe/Helsinki"
USE_I18N = True
USE_TZ = True
LOCALE_PATHS = [BASE_DIR / "polku" / "rules" / "locale"]

STATIC_URL = "/static/"
STATIC_ROOT = STATE_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if POLKU_ENV in {"production", "demo"}
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = POLKU_ENV in {"development", "test"}
# There a file is looked for when it is asked for; else each of a test's browsers would read all.
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS

# An operator's own map tiles. The offline base map needs neither.
MAP_TILES = reading.address("POLKU_MAP_TILES", holding=("{z}", "{x}", "{y}"))
MAP_STYLE = reading.address("POLKU_MAP_STYLE")
MAP_ATTRIBUTION = reading.text("POLKU_MAP_ATTRIBUTION", "")

EMAIL_BACKEND = reading.text("POLKU_EMAIL_BACKEND", "django.core.mail.backends.smtp.EmailBackend")
EMAIL_HOST = reading.text("POLKU_EMAIL_HOST", "127.0.0.1")
EMAIL_PORT = reading.number("POLKU_EMAIL_PORT", 25)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = reading.text("POLKU_EMAIL_FROM", "polku@localhost")

# No text message leaves a demo, whatever is set.
SMS_URL = "" if DEMO else reading.gateway("POLKU_SMS_URL")
SMS_TOKEN = reading.secret("POLKU_SMS_TOKEN", needed_by="POLKU_SMS_URL")
SMS_FROM = reading.text("POLKU_SMS_FROM", "Polku")
SMS_ADAPTER = reading.text("POLKU_SMS_ADAPTER", "polku.foundation.texting.Gateway")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "without_words": {
            "()": "polku.foundation.logs.WithoutWords",
            "format": "%(levelname)s %(name)s %(request_id)s %(message)s",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "without_words"}},
    "root": {"handlers": ["console"], "level": "INFO" if PRODUCTION else "WARNING"},
    # Django would mail each fault, with all that was sent, to whoever ADMINS names.
    "loggers": {"django": {"handlers": [], "level": "INFO"}},
}

DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024
