"""Where a request comes from."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest


def network_of(request: HttpRequest) -> str:
    """Where a request comes from, as attempts are counted: an address, of IPv6 its network.

    Behind TLS the web server in front names it last; what a browser claims stands before.
    """
    named = request.META.get("HTTP_X_FORWARDED_FOR", "") if settings.ENVIRONMENT.https else ""
    address = named.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", "")
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if isinstance(found, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((found, 64), strict=False))
    return str(found)
