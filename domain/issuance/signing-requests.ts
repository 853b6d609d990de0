import type { Enrollment } from '../enrollment.ts';
import type { CertificateId, KeyDigest } from '../identifiers.ts';
import type { ReasonCode } from '../reason-code.ts';
import type { Verification } from '../verification.ts';

/** What a device asks for with its signing request. */
export interface SigningRequest {
  /** All that its subject says. */
  readonly commonName: string;
  readonly key: KeyDigest;
}

/** How an approach whose devices ask for certificates reads their requests. Pure; never throws for what a device sent. */
export interface SigningRequests {
  /**
   * Reads one that may be signed by an authority of one's own: its maker holds the key, and it names its device and asks for nothing
   * else. A certificate says what its request said, and whoever trusts the authority may believe it.
   */
  readonly read: (csrPem: string) => SigningRequest | Extract<ReasonCode, 'malformed-request' | 'unacceptable-key'>;
  /** What the key alone says of what an enrollment asks for, before there is any evidence: refused is what no evidence could make good. */
  readonly foresee: (key: KeyDigest) => (requirement: Enrollment['requirement']) => Verification;
  /** The id of a certificate, where it is the one that was asked for: of the same key and subject, as AWS IoT demands. */
  readonly identify: (request: SigningRequest, certificatePem: string) => CertificateId | undefined;
}
