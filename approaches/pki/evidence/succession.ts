import type { Succession } from '../../../domain/changes/transfer.ts';
import type { Enrollment } from '../../../domain/enrollment.ts';
import { readPkiRequirement } from './requirement.ts';

/**
 * Where a serial number is all that a device tells, there is nothing to withdraw but the keys that came in by it. A code, a secret, a
 * key or a vendor's certificate is what a former owner may have copied: only an operator can say another.
 */
export const succeedBySerialNumber = ({ requirement }: Pick<Enrollment, 'requirement'>): Succession | undefined =>
  readPkiRequirement(requirement)?.attestation === 'serial-only' ? {} : undefined;
