"""Reads what a device was given: one file of JSON, for its owner's eyes only."""

import argparse
import json
from urllib.parse import quote


def parse_arguments(description):
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("credential", help="the device's credential file")
    parser.add_argument("--root-ca", required=True, help="PEM file of the roots that vouch for the endpoint")
    return parser.parse_args()


def read_credential(path):
    """The file's members, with host and port of the endpoint, line and serial number, and a topic of the device's own."""
    with open(path, encoding="utf-8") as file:
        credential = json.load(file)
    host, _, port = credential["endpoint"].partition(":")
    thing_name = credential["thingName"]
    prefix, line, rest = thing_name.split(":", 2)
    serial_number = credential.get("serialNumber", rest)
    return {
        **credential,
        "host": host,
        "port": int(port or 443),
        "clientId": credential.get("clientId", thing_name),
        "line": line,
        "serialNumber": serial_number,
        # Percent-encoding, as a URL's parts have it: then it is in no one's way.
        "userName": f"{prefix}:{line}:{quote(serial_number, safe=UNESCAPED)}",
        "topic": f"{credential.get('topicPrefix', prefix)}/things/{thing_name}/hello",
    }


UNESCAPED = "!*'()"


def user_name(credential):
    """Who the device is, and which authorizer is to judge that; a domain with an authorizer of its own needs no name of one."""
    authorizer = credential.get("authorizer")
    return credential["userName"] + (f"?x-amz-customauthorizer-name={authorizer}" if authorizer else "")
