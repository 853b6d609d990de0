import type { CertificateId } from './identifiers.ts';

/** A certificate seen in a `connected` lifecycle event. */
export interface Sighting {
  readonly certificateId: CertificateId;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly eventId: string;
  /** The client id, where it is neither its thing's name nor one that AWS IoT assigned. */
  readonly connectsAs?: string;
  /** Under an id that AWS IoT assigned. */
  readonly isAnonymous?: true;
}
