"""Reads what a device was given: one file of JSON, for its owner's eyes only."""

import argparse
import json


def parse_arguments(description):
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("credential", help="the device's credential file")
    parser.add_argument("--root-ca", required=True, help="PEM file of the roots that vouch for the endpoint")
    parser.add_argument("--host", help="the endpoint, unless the credential file names it")
    parser.add_argument("--port", type=int, default=443)
    parser.add_argument("--topic-prefix", default="muster")
    return parser.parse_args()


def read_credential(arguments):
    with open(arguments.credential, encoding="utf-8") as file:
        credential = json.load(file)
    host = arguments.host or credential["endpoint"]
    thing_name = credential["thingName"]
    return {
        **credential,
        "host": host,
        "clientId": credential.get("clientId", thing_name),
        "topic": f"{arguments.topic_prefix}/things/{thing_name}/hello",
    }


def user_name(credential):
    """Who the device is, and which authorizer is to judge that; a domain with an authorizer of its own needs no name of one."""
    authorizer = credential.get("authorizer")
    return credential["thingName"] + (f"?x-amz-customauthorizer-name={authorizer}" if authorizer else "")
