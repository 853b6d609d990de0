/** Limits of the message broker per connection and per message (GR, "AWS IoT Core message broker and protocol limits"). */
export const quotas = {
  clientIdBytes: 128,
  topicBytes: 256,
  topicSlashes: 7,
  payloadBytes: 128 * 1024,
  /** The whole packet. AWS names 128 KB in one place and 146 KB in another; the wider one is taken, since payloads have a limit of their own. */
  packetBytes: 146 * 1024,
  filtersPerSubscribe: 8,
  subscriptionsPerConnection: 50,
  /** Unacknowledged QoS 1 messages in each direction. */
  inFlight: 100,
  topicAliases: 8,
  minKeepAliveSeconds: 30,
  maxKeepAliveSeconds: 1200,
  /** What a client may announce as its own Maximum Packet Size at least. */
  minClientPacketBytes: 512,
  contentTypeBytes: 256,
  correlationDataBytes: 8 * 1024,
  userPropertiesBytes: 8 * 1024,
  maxMessageExpirySeconds: 604_800,
  /** Stored messages reach a reconnecting client at this rate (DG22:mqtt-persistent-sessions). */
  storedMessagesPerSecond: 10,
  /** AWS documents no such limit; without one a forgotten session would fill the memory of this process (assumed). */
  storedMessagesPerSession: 10_000,
} as const;
