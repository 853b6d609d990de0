/** What TLS says about the other end, before any MQTT packet. */
export interface TlsPeer {
  /** Undefined when the client showed none. */
  readonly certificateDer: Buffer | undefined;
  readonly sourceIp: string;
  readonly sourcePort: number;
  readonly targetPort: number;
  /** From SNI. */
  readonly serverName: string | undefined;
}
