"""What these devices have in common once they know who they are: they connect, send a message to themselves, and print it."""

import json
import ssl
import sys
import threading

import paho.mqtt.client as mqtt

SECONDS = 20


def new_client(client_id):
    # paho-mqtt 2 wants to know which callbacks it is to use; 1.6 has but one kind.
    if hasattr(mqtt, "CallbackAPIVersion"):
        return mqtt.Client(mqtt.CallbackAPIVersion.VERSION2, client_id=client_id)
    return mqtt.Client(client_id=client_id)


def tls(root_ca, alpn=None):
    """Trusts this root and no other. Port 443 of AWS IoT tells by ALPN who speaks MQTT with a custom authorizer: `mqtt`."""
    context = ssl.create_default_context(cafile=root_ca)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if alpn is not None:
        context.set_alpn_protocols([alpn])
    return context


def say_hello(client, host, port, topic):
    """Connects, and ends the program: with 0 and the message on its standard output, with 1 when it did not come back."""
    done = threading.Event()
    outcome = {}

    def on_connect(client, userdata, flags, reason_code, *more):
        if reason_code == 0:
            client.subscribe(topic, qos=1)
        else:
            outcome["refused"] = str(reason_code)
            done.set()

    def on_subscribe(client, userdata, message_id, granted, *more):
        client.publish(topic, json.dumps({"hello": topic}), qos=1)

    def on_message(client, userdata, message):
        outcome["received"] = json.loads(message.payload)
        done.set()

    def on_disconnect(client, userdata, *more):
        # AWS IoT gives no reason to a client of MQTT 3.1.1 that it does not let in: it hangs up.
        outcome.setdefault("refused", "the connection was closed")
        done.set()

    client.on_connect = on_connect
    client.on_subscribe = on_subscribe
    client.on_message = on_message
    client.on_disconnect = on_disconnect
    client.connect(host, port, keepalive=60)
    client.loop_start()
    done.wait(SECONDS)
    client.on_disconnect = None
    client.disconnect()
    client.loop_stop()
    if "received" not in outcome:
        sys.exit(outcome.get("refused", f"nothing came back within {SECONDS} seconds"))
    print(json.dumps({"topic": topic, "received": outcome["received"]}), flush=True)
