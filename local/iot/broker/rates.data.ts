/** Limits of an account and region, and of its connections, per second where nothing else is said (GR, "AWS IoT Core message broker and protocol limits"). */
export interface BrokerRates {
  readonly connects: number;
  readonly connectsPerClientId: number;
  /** Connections at a time. */
  readonly connections: number;
  readonly publishesIn: number;
  readonly publishesOut: number;
  /** In each direction. */
  readonly publishesPerConnection: number;
  /** In each direction. */
  readonly bytesPerConnection: number;
  readonly subscriptions: number;
  readonly retainedPublishes: number;
  readonly retainedPublishesPerTopic: number;
  /** Retained messages at a time. */
  readonly retainedMessages: number;
  /** Messages stored for clients that are away. */
  readonly queuedMessages: number;
  /** DeleteConnection. */
  readonly connectionDeletes: number;
  readonly connectionDeletesPerClientId: number;
  /** GetConnection. */
  readonly connectionReads: number;
  readonly connectionReadsPerClientId: number;
  /** GetRetainedMessage and ListRetainedMessages. */
  readonly retainedReads: number;
}

const everywhere = {
  connectsPerClientId: 1,
  publishesPerConnection: 100,
  bytesPerConnection: 512 * 1024,
  retainedPublishesPerTopic: 1,
  queuedMessages: 500,
  connectionDeletes: 100,
  connectionDeletesPerClientId: 1,
  connectionReads: 100,
  connectionReadsPerClientId: 1,
} as const;

const large: BrokerRates = {
  ...everywhere,
  connects: 3000,
  connections: 500_000,
  publishesIn: 20_000,
  publishesOut: 20_000,
  subscriptions: 3000,
  retainedPublishes: 500,
  retainedMessages: 500_000,
  retainedReads: 500,
};

const small: BrokerRates = {
  ...everywhere,
  connects: 100,
  connections: 100_000,
  publishesIn: 2000,
  publishesOut: 2000,
  subscriptions: 200,
  retainedPublishes: 50,
  retainedMessages: 100_000,
  retainedReads: 50,
};

/** The regions with the smaller quotas. */
const smallRegions = new Set([
  ...['eu-north-1', 'eu-south-1', 'eu-south-2', 'eu-west-3', 'me-south-1', 'me-central-1', 'il-central-1', 'ap-east-1', 'ap-southeast-5'],
  ...['us-west-1', 'us-gov-east-1', 'us-gov-west-1', 'ca-central-1', 'sa-east-1', 'cn-northwest-1'],
]);

export const ratesIn = (region: string): BrokerRates => (smallRegions.has(region) ? small : large);
