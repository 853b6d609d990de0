/** What TLS says about the other end, before any MQTT packet. */
export interface TlsPeer {
  readonly certificateDer: Buffer;
  readonly sourceIp: string;
  readonly sourcePort: number;
  readonly targetPort: number;
  /** From SNI. */
  readonly serverName: string | undefined;
}
