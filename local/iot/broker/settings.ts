/** What an account or an operator of the local AWS may set. */
export interface BrokerSettings {
  /** Refuse connections without SNI. The current guide recommends SNI, the one of 2022 required it. */
  readonly requireServerName: boolean;
  /** How long a connection may take to send CONNECT (assumed). */
  readonly connectTimeoutMs: number;
  /** "Within a few minutes" a certificate that left ACTIVE loses its connections (SDK UpdateCertificate); two are assumed. */
  readonly certificateDisconnectDelayMs: number;
  /** Longest life of a persistent session without its client, in seconds (GR: 3600, adjustable to 7 days). */
  readonly persistentSessionSeconds: number;
}

export const defaultSettings: BrokerSettings = {
  requireServerName: false,
  connectTimeoutMs: 30_000,
  certificateDisconnectDelayMs: 120_000,
  persistentSessionSeconds: 3600,
};
