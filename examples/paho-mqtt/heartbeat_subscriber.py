"""The least that a subscriber needs: a CA file, a certificate with its key, and a topic. It gives no client id and knows no thing.

    python3 heartbeat_subscriber.py <host> <port> <root CA file> <certificate file> <key file>
"""

import ssl
import sys

import paho.mqtt.client as mqtt

HOST, PORT, ROOT_CA, CERTIFICATE, PRIVATE_KEY = sys.argv[1:6]
TOPIC = "iot/device/heartbeat"


def on_connect(client, userdata, flags, reason_code, *more):
    print(f"connected: {reason_code}", flush=True)
    client.subscribe(TOPIC)


def on_subscribe(client, userdata, message_id, granted, *more):
    print(f"subscribed: {TOPIC}", flush=True)


def on_message(client, userdata, message):
    print(f"{message.topic} {message.payload.decode()}", flush=True)


def on_disconnect(client, userdata, *more):
    print("disconnected", flush=True)


# paho-mqtt 2 wants to know which callbacks it is to use; 1.6 has but one kind.
client = mqtt.Client(mqtt.CallbackAPIVersion.VERSION2) if hasattr(mqtt, "CallbackAPIVersion") else mqtt.Client()
client.on_connect = on_connect
client.on_subscribe = on_subscribe
client.on_message = on_message
client.on_disconnect = on_disconnect
client.tls_set(ca_certs=ROOT_CA, certfile=CERTIFICATE, keyfile=PRIVATE_KEY, tls_version=ssl.PROTOCOL_TLSv1_2)
client.connect(HOST, int(PORT), keepalive=60)
client.loop_forever()
