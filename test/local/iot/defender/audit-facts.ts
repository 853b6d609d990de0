import { createBehaviour } from '../../../../local/iot/behaviour/behaviour.ts';
import type { IotControlPlane } from '../../../../local/iot/control-plane/iot-control-plane.ts';
import type { AuditFacts } from '../../../../local/iot/defender/checks/audit-check.ts';
import { testStartMs } from '../../service-endpoint.ts';

/** What a check looks at in an account, where nothing is said about the rest. */
export const auditFacts = ({ registry, defender }: IotControlPlane, said: Partial<AuditFacts> = {}): AuditFacts => ({
  ...{ registry, behaviour: createBehaviour(), connections: defender.connections, revocationList: () => undefined },
  ...{ now: testStartMs, connectionsFrom: 0, connectionsUntil: testStartMs, thresholdDays: 30 },
  ...said,
});
