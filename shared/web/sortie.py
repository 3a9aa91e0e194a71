"""Requests to addresses people type: sent only where the whole internet can reach, unless the installation allows its own network."""

import asyncio
import ipaddress
import socket
from typing import Any

import httpx

PORTS = {"https": 443, "http": 80}
TRADUITES = ipaddress.ip_network("64:ff9b::/96")  # an IPv4 address spoken to over IPv6 (RFC 6052)


class AdresseInterdite(ValueError):
    """The address is not one of the internet, or is not HTTPS."""


async def epingler(adresse: str, *, prive: bool, clair: bool = False) -> dict[str, Any]:
    """The request of an address, sent to what its name was just found to be: asked again, a name may answer otherwise.

    `prive` allows the local network, `clair` plain HTTP. The certificate is still checked against the name. Raises
    AdresseInterdite, OSError when the name is unknown, httpx.InvalidURL or UnicodeError when it is no address.
    """
    url = httpx.URL(adresse)
    if not url.host or url.userinfo or url.scheme not in (PORTS if clair else ("https",)):
        raise AdresseInterdite(adresse)
    boucle = asyncio.get_running_loop()
    trouvees = await boucle.getaddrinfo(url.host, url.port or PORTS[url.scheme], type=socket.SOCK_STREAM)
    lieux = [str(trouvee[4][0]).partition("%")[0] for trouvee in trouvees]
    if not prive and not all(est_publique(lieu) for lieu in lieux):
        raise AdresseInterdite(adresse)
    return {
        "url": url.copy_with(host=lieux[0]),
        "headers": {"Host": url.netloc.decode()},
        "extensions": {"sni_hostname": url.raw_host.decode()},
    }


def est_publique(lieu: str) -> bool:
    """Whether an IP address is one of the internet; an IPv4 one written inside an IPv6 one counts for what it is."""
    adresse = ipaddress.ip_address(lieu)
    if isinstance(adresse, ipaddress.IPv6Address) and (interieure := _interieure(adresse)) is not None:
        adresse = interieure
    return adresse.is_global and not adresse.is_multicast


def _interieure(adresse: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address a mapped, 6to4, Teredo or translated one leads to."""
    if adresse.teredo is not None:
        return adresse.teredo[1]
    if adresse in TRADUITES:
        return ipaddress.IPv4Address(int(adresse) & 0xFFFFFFFF)
    return adresse.ipv4_mapped or adresse.sixtofour
