import { randomUUID } from 'node:crypto';
import type { Configuration } from '../domain/configuration.ts';
import type { AuditLog, ClaimCertificates, ClaimClosure, EnrollmentStore } from '../domain/ports.ts';
import type { Stamp } from '../domain/registration.ts';

/** A deployment, and somebody who may change it. */
export interface Operator {
  readonly configuration: Configuration;
  readonly store: EnrollmentStore;
  readonly closure: ClaimClosure;
  readonly certificates: ClaimCertificates;
  readonly audit: AuditLog & { flush(): Promise<void> };
  /** Of the credentials in use, e.g. `arn:aws:iam::111122223333:user/ann`. */
  readonly arn: string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** Says that this operator does something now. */
export const stampOf = ({ arn, now }: Operator): Stamp => ({ id: randomUUID(), at: now(), actor: { kind: 'operator', arn } });
