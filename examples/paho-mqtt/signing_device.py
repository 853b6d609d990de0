"""A device that signs its own tokens, as devices of Google Cloud IoT Core did: a JWT in the password, by a key that never leaves it.
Whoever sees such a token is the device for as long as it lives: it lives an hour.

    python3 signing_device.py <credential file> --root-ca <file>
"""

import base64
import json
import time

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from credential import parse_arguments, read_credential, user_name
from hello import new_client, say_hello, tls


def unpadded(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def sign(key, text):
    """ES256 wants both numbers of the signature side by side, 32 bytes each (RFC 7518, section 3.4)."""
    r, s = decode_dss_signature(key.sign(text.encode(), ec.ECDSA(hashes.SHA256())))
    return unpadded(r.to_bytes(32, "big") + s.to_bytes(32, "big"))


def device_token(secret):
    key = serialization.load_pem_private_key(secret["key"].encode(), password=None)
    now = int(time.time())
    claims = {"aud": secret["audience"], "iat": now, "exp": now + 3600}
    parts = [{"alg": "ES256", "typ": "JWT"}, claims]
    text = ".".join(unpadded(json.dumps(part).encode()) for part in parts)
    return f"{text}.{sign(key, text)}"


if __name__ == "__main__":
    arguments = parse_arguments(__doc__)
    credential = read_credential(arguments.credential)
    client = new_client(credential["clientId"])
    client.username_pw_set(user_name(credential), device_token(credential["secret"]))
    client.tls_set_context(tls(arguments.root_ca, alpn="mqtt"))
    say_hello(client, credential["host"], credential["port"], credential["topic"])
