import type { Enrollment } from '../enrollment.ts';
import type { KeyDigest } from '../identifiers.ts';
import type { KeyId } from '../manufacturer.ts';
import type { ReasonCode } from '../reason-code.ts';

/** What a device sent to have another credential, and who it is. */
export interface Offered {
  readonly enrollment: Enrollment;
  /** In the words of its approach; nothing of it has been checked. */
  readonly offer: Readonly<Record<string, unknown>>;
}

/**
 * How an approach renews the credentials of its devices. Nothing here throws for what a device sent.
 * - `certificate`: by a certificate for a key whose holder it is known to be
 * - `requirement`: by what it must prove from then on
 */
export type Renewing =
  | { readonly by: 'certificate'; readonly judge: (offered: Offered) => WantedCertificate | ReasonCode }
  | { readonly by: 'requirement'; readonly judge: (offered: Offered) => Promise<NextRequirement | ReasonCode> };

export interface WantedCertificate {
  readonly key: KeyDigest;
  /** A PKCS#10 request for that key, in the name of that device. */
  readonly csrPem: string;
}

export interface NextRequirement {
  readonly requirement: Enrollment['requirement'];
  /** For a secret that leaves the cloud: the thumbprint of the key that it is encrypted to. */
  readonly sealedTo?: KeyId;
  /** What names the new credential on record. */
  readonly credentialId?: string;
  /** What the device is told, once the above is on record. */
  credential(): Promise<Readonly<Record<string, unknown>>>;
}
