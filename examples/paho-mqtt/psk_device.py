"""A device with a pre-shared key: it proves that it has the key, and never shows it. Nothing but Python's own hmac makes the proof.

    python3 psk_device.py <credential file> --root-ca <file>

The time and the counter make every proof good for once. A device whose clock may go back remembers the last of both, and counts on.
"""

import base64
import hashlib
import hmac
import struct
import time

from credential import parse_arguments, read_credential, user_name
from hello import new_client, say_hello, tls


def unpadded(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def from_unpadded(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def length_prefixed(parts):
    """Each part after its length, so that no two lists of parts have the same bytes."""
    encoded = [str(part).encode() for part in parts]
    return b"".join(struct.pack(">I", len(part)) + part for part in encoded)


def password(credential, key, version):
    at, counter = int(time.time() * 1000), 1
    device = [credential["line"], credential["serialNumber"], credential["clientId"]]
    occasion = ["muster psk proof v1", *device, credential["host"].lower(), version, at, counter]
    mac = hmac.new(key, length_prefixed(occasion), hashlib.sha256).digest()
    return f"1.{version}.{at}.{counter}.{unpadded(mac)}"


def key_in_use(secret):
    newest = max(key["version"] for key in secret["keys"])
    version = secret.get("use", newest)
    [text] = [key["key"] for key in secret["keys"] if key["version"] == version]
    return from_unpadded(text), version


if __name__ == "__main__":
    arguments = parse_arguments(__doc__)
    credential = read_credential(arguments.credential)
    key, version = key_in_use(credential["secret"])
    client = new_client(credential["clientId"])
    client.username_pw_set(user_name(credential), password(credential, key, version))
    client.tls_set_context(tls(arguments.root_ca, alpn="mqtt"))
    say_hello(client, credential["host"], credential["port"], credential["topic"])
