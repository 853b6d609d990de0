"""A device with a certificate of its own: its client id is its thing's name.

    python3 certificate_device.py <thing name> --root-ca <file> --certificate <file> --key <file> --host <host> [--port 8883]
"""

import argparse

from hello import new_client, say_hello, tls

if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("thing_name")
    for name in ("root-ca", "certificate", "key", "host"):
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument("--port", type=int, default=8883)
    parser.add_argument("--topic-prefix", default="muster")
    arguments = parser.parse_args()

    context = tls(arguments.root_ca)
    context.load_cert_chain(arguments.certificate, arguments.key)
    client = new_client(arguments.thing_name)
    client.tls_set_context(context)
    say_hello(client, arguments.host, arguments.port, f"{arguments.topic_prefix}/things/{arguments.thing_name}/hello")
