/** A certificate that a client proved to have the key of, and that did not let it in. */
export interface PresentedCertificate {
  readonly certificateDer: Buffer;
  /** From SNI; undefined when the client sent none. */
  readonly serverName: string | undefined;
  readonly clientId: string;
  readonly sourceIp: string;
  readonly sourcePort: number;
}

/** What AWS IoT does with certificates of registered authorities that it sees for the first time. */
export interface JustInTime {
  /** To be told of every client certificate that was refused. The connection stays refused; only a later one may succeed. */
  presented(certificate: PresentedCertificate): void;
}
