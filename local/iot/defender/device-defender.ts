import { AuditSettings } from './audit-settings.ts';
import { Audits } from './audits.ts';
import { ConnectionHistory } from './connection-history.ts';
import type { DefenderPorts } from './defender-ports.ts';
import { Detection } from './detection.ts';
import type { MitigationAction } from './mitigation-action.ts';
import { MitigationTasks } from './mitigation-tasks.ts';
import { ScheduledAudits } from './scheduled-audits.ts';
import { Suppressions } from './suppressions.ts';

/** AWS IoT Device Defender of one account. */
export interface DeviceDefender {
  readonly settings: AuditSettings;
  readonly suppressions: Suppressions;
  readonly audits: Audits;
  readonly scheduledAudits: ScheduledAudits;
  /** By name. */
  readonly mitigationActions: Map<string, MitigationAction>;
  readonly mitigations: MitigationTasks;
  readonly detection: Detection;
  /** Sees every message of the account; keeps what is told of connections. */
  readonly connections: ConnectionHistory;
  stop(): void;
}

export const createDeviceDefender = (ports: DefenderPorts): DeviceDefender => {
  const [settings, suppressions, connections] = [new AuditSettings(), new Suppressions(), new ConnectionHistory()];
  const detection = new Detection(ports);
  const audits = new Audits(ports, { settings, suppressions, connections });
  const scheduledAudits = new ScheduledAudits(ports.clock, (start) => {
    audits.start(start);
  });
  return {
    ...{ settings, suppressions, audits, scheduledAudits, connections, detection },
    mitigationActions: new Map(),
    mitigations: new MitigationTasks(ports),
    stop: () => {
      scheduledAudits.stop();
      audits.stop();
      detection.stop();
    },
  };
};
