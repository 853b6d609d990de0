"""A device with client credentials: it asks its platform's issuer for an access token, and shows that.

    python3 oauth_device.py <credential file> --root-ca <file>
"""

import base64
import json
from urllib.parse import quote_plus, urlencode
from urllib.request import Request, urlopen

from credential import parse_arguments, read_credential, user_name
from hello import new_client, say_hello, tls


def access_token(secret):
    """The grant of RFC 6749, section 4.4. The client's id and secret are form-encoded before they are joined (section 2.3.1)."""
    form = {"grant_type": "client_credentials"}
    if "scope" in secret:
        form["scope"] = secret["scope"]
    basic = f"{quote_plus(secret['clientId'])}:{quote_plus(secret['clientSecret'])}"
    headers = {"Authorization": "Basic " + base64.b64encode(basic.encode()).decode()}
    with urlopen(Request(secret["tokenEndpoint"], data=urlencode(form).encode(), headers=headers), timeout=10) as response:
        return json.load(response)["access_token"]


if __name__ == "__main__":
    arguments = parse_arguments(__doc__)
    credential = read_credential(arguments.credential)
    client = new_client(credential["clientId"])
    client.username_pw_set(user_name(credential), access_token(credential["secret"]))
    client.tls_set_context(tls(arguments.root_ca, alpn="mqtt"))
    say_hello(client, credential["host"], credential["port"], credential["topic"])
