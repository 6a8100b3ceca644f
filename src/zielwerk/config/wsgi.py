"""The door for web servers."""

import os

from django.core.wsgi import get_wsgi_application

from zielwerk.config.environment import use_pool

use_pool()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zielwerk.config.settings")
application = get_wsgi_application()
