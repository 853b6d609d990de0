import type { CertificateId, ThingName } from '../identifiers.ts';
import type { DefenderFinding } from './defender-finding.ts';

/** What audits of AWS IoT Device Defender found; kept there for 180 days. */
export interface DefenderFindings {
  /** Of one audit, a page at a time. */
  ofAudit(taskId: string): AsyncIterable<readonly DefenderFinding[]>;
  /** `undefined` when it is not kept any more. */
  find(id: string): Promise<DefenderFinding | undefined>;
}

/** Who has a certificate, by the registry of AWS IoT. */
export interface CertificateHolders {
  thingsWith(certificate: { readonly arn: string }): Promise<readonly ThingName[]>;
}

/** Keeps audits from finding what is so by design: that the certificate of a claim is used by many devices. */
export interface SharedUseSuppressions {
  /** Until then: milliseconds since the epoch. False where nobody audits that; true, too, when it was so already. */
  suppress(certificate: CertificateId, untilMs: number, description: string): Promise<boolean>;
  /** Succeeds when it is already so. */
  lift(certificate: CertificateId): Promise<void>;
}
