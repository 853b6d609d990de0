/** The last proof that a device was let in by, where its approach accepts none twice. */
export interface AcceptedProof {
  /** When it was made and which of that instant it is, as `proofMark` writes it: of two, the greater text is the newer. */
  readonly mark: string;
  /** The connection that it opened. AWS IoT shows the same proof again when it refreshes that connection's policy. */
  readonly connectionId: string;
  /** The version of the key that made it, from 1. */
  readonly keyVersion: number;
}
