import type { Enrollment } from '../../../domain/enrollment.ts';
import type { EnrollmentState } from '../../../domain/enrollment-state.ts';
import { type OperatorScope, reaches } from '../../../domain/operator-scope.ts';

const BARRED: readonly EnrollmentState[] = ['quarantined', 'revoked', 'decommissioned'];

/**
 * Why nobody in this scope gets the key of a device, or `undefined` where they do. A factory gets it until the device is seen
 * for the first time: from then on it would be a copy.
 */
export const refusalOfIssue = (enrollment: Enrollment | undefined, scope: OperatorScope): string | undefined => {
  // One that lies beyond the scope is answered like one that there is not.
  if (enrollment === undefined || !reaches(scope, enrollment)) return 'it is not enrolled on this line within your scope';
  const { approach, state, formerOwners } = enrollment;
  if (approach !== 'psk') return `it is enrolled with approach "${approach}"`;
  if (BARRED.includes(state)) return `it is ${state}`;
  if (scope.role === 'factory' && (state !== 'registered' || formerOwners !== undefined))
    return `it is ${formerOwners === undefined ? state : 'given to another tenant'}: a factory gets keys of devices that nobody has seen yet; an operator gets those of others`;
  return undefined;
};
