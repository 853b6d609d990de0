/** Limits of the message broker per connection and per message (GR, "AWS IoT Core message broker and protocol limits"). */
export const quotas = {
  clientIdBytes: 128,
  topicBytes: 256,
  topicSlashes: 7,
  payloadBytes: 128 * 1024,
  filtersPerSubscribe: 8,
  subscriptionsPerConnection: 50,
  /** Unacknowledged QoS 1 messages in each direction. */
  inFlight: 100,
  topicAliases: 8,
  shareNameCharacters: 128,
  sharedGroups: 100,
  sharedGroupMembers: 100,
  /** Stored messages of a shared subscription reach each member at this rate (DG:mqtt). */
  sharedMessagesPerSecond: 20,
  /** How long a QoS 1 message is sent again and again (GR). */
  redeliverySeconds: { 4: 3600, 5: 960 },
  minKeepAliveSeconds: 30,
  maxKeepAliveSeconds: 1200,
  /** What a client may announce as its own Maximum Packet Size at least. */
  minClientPacketBytes: 512,
  contentTypeBytes: 256,
  correlationDataBytes: 8 * 1024,
  userPropertiesBytes: 8 * 1024,
  maxMessageExpirySeconds: 604_800,
  /** How long a WebSocket lives (GR). */
  webSocketSeconds: 86_400,
  /** Stored messages reach a reconnecting client at this rate (DG22:mqtt-persistent-sessions). */
  storedMessagesPerSecond: 10,
} as const;
