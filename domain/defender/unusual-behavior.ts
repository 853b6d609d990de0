import type { AuditEvent } from '../audit-event.ts';
import type { Enrollment } from '../enrollment.ts';
import type { ThingName } from '../identifiers.ts';
import { DEFENDER } from './defender-finding.ts';

/** What Device Defender calls it when a device connects more often than is usual. */
export const CONNECTING_TOO_OFTEN = 'connecting-too-often';

/** A device that does not behave as the security profile of its line says. */
export interface UnusualBehavior {
  /** Of the violation; the same until it is over. */
  readonly id: string;
  readonly thingName: ThingName;
  readonly behavior: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** The record of it: the same, however often it is told. */
export const unusualBehaviorEvent = ({ id, thingName, behavior, at }: UnusualBehavior, about: Enrollment | undefined): AuditEvent => ({
  schemaVersion: 1,
  id: `defender-violation-${id}`,
  ...{ at, code: 'defender.found', actor: DEFENDER, operation: behavior, awsReason: 'in-alarm', thingName },
  ...(about === undefined ? {} : { line: about.line, tenant: about.tenant, approach: about.approach, serialNumber: about.serialNumber }),
});
