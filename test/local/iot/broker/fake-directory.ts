import { createHash } from 'node:crypto';

import type { Authentication, AuthenticationFailure, IotDirectory, ThingView } from '../../../../local/iot/directory.ts';

export const certificateIdOf = (der: Buffer): string => createHash('sha256').update(der).digest('hex');

/** A registry that says what it was told to say. */
export class FakeDirectory implements IotDirectory {
  readonly failures = new Map<string, AuthenticationFailure>();
  readonly registered = new Set<string>();
  readonly things = new Map<string, ThingView>();

  register(der: Buffer): string {
    const certificateId = certificateIdOf(der);
    this.registered.add(certificateId);
    return certificateId;
  }

  authenticate(certificateDer: Buffer): Authentication {
    const certificateId = certificateIdOf(certificateDer);
    if (!this.registered.has(certificateId)) return { isAuthenticated: false, reason: 'DEVICE_CERTIFICATE_NOT_REGISTERED' };
    const reason = this.failures.get(certificateId);
    return reason === undefined ? { isAuthenticated: true, certificateId } : { isAuthenticated: false, certificateId, reason };
  }

  associatedThing(certificateId: string): ThingView | undefined {
    return this.things.get(certificateId);
  }

  policyDocuments(): readonly string[] {
    return [];
  }

  certificatePem(): string | undefined {
    return undefined;
  }
}
