import type { Timer } from '../../clock.ts';
import { AwsError } from '../../aws-error.ts';
import { limitExceeded } from '../refusals.ts';
import { auditChecks, type CheckName } from './audit-checks.data.ts';
import type { AuditFinding } from './audit-finding.ts';
import type { AuditSettings } from './audit-settings.ts';
import { type AuditTask, type CheckRun, taskNotification, type TaskType } from './audit-task.ts';
import type { CheckResult } from './checks/audit-check.ts';
import { checkTable } from './checks/check-table.ts';
import type { ConnectionHistory } from './connection-history.ts';
import type { DefenderPorts } from './defender-ports.ts';
import type { Suppressions } from './suppressions.ts';

const hourMs = 3_600_000;

const dayMs = 24 * hourMs;

/** Findings are kept for so long (API Reference, ListAuditFindings). */
const keptMs = 180 * dayMs;

/** LIM: "simultaneous in-progress on-demand audits". */
const mostRunning = 10;

const waiting: CheckRun = { status: 'IN_PROGRESS', total: 0, nonCompliant: 0, suppressed: 0 };

export interface AuditState {
  readonly settings: AuditSettings;
  readonly suppressions: Suppressions;
  readonly connections: ConnectionHistory;
}

export interface AuditStart {
  readonly checks: readonly CheckName[];
  readonly taskType: TaskType;
  readonly scheduledAuditName?: string;
  /** When a scheduled audit was run before. */
  readonly previousAt?: number;
}

/** Runs audits: each begins at once, and looks when AWS would be done. */
export class Audits {
  readonly #ports: DefenderPorts;
  readonly #state: AuditState;
  readonly #tasks = new Map<string, AuditTask>();
  readonly #timers = new Map<string, Timer>();
  #findings: AuditFinding[] = [];

  constructor(ports: DefenderPorts, state: AuditState) {
    this.#ports = ports;
    this.#state = state;
  }

  tasks(): readonly AuditTask[] {
    return [...this.#tasks.values()];
  }

  task(taskId: string): AuditTask | undefined {
    return this.#tasks.get(taskId);
  }

  findings(): readonly AuditFinding[] {
    const { clock } = this.#ports;
    return this.#findings.filter(({ foundAt }) => clock.now() - foundAt < keptMs);
  }

  start(start: AuditStart): string {
    const { registry, clock, behaviour } = this.#ports;
    const { taskType, scheduledAuditName, checks } = start;
    const running = this.tasks().filter((task) => task.status === 'IN_PROGRESS' && task.taskType === 'ON_DEMAND_AUDIT_TASK');
    if (taskType === 'ON_DEMAND_AUDIT_TASK' && running.length >= mostRunning) {
      throw limitExceeded(`At most ${mostRunning} on-demand audits run at once.`);
    }
    const taskId = registry.newId().replaceAll('-', '');
    const task: AuditTask = {
      ...{ taskId, taskType, scheduledAuditName, startedAt: clock.now(), status: 'IN_PROGRESS' },
      checks: new Map(checks.map((name) => [name, waiting])),
    };
    this.#tasks.set(taskId, task);
    const finish = (): void => {
      this.#finish(task, start);
    };
    this.#timers.set(taskId, clock.setTimer(finish, behaviour['defender.audit-seconds'] * 1000));
    return taskId;
  }

  /** Ends one that is running; what it has not looked at yet is not looked at. */
  cancel(task: AuditTask): void {
    this.#timers.get(task.taskId)?.cancel();
    const checks = new Map([...task.checks.keys()].map((name) => [name, { ...waiting, status: 'CANCELED' as const }]));
    this.#end({ ...task, status: 'CANCELED', checks });
  }

  stop(): void {
    for (const timer of this.#timers.values()) timer.cancel();
  }

  #finish(task: AuditTask, start: AuditStart): void {
    const checks = new Map([...task.checks.keys()].map((name) => [name, this.#run(name, task, start)]));
    const isFailed = [...checks.values()].every(({ status }) => status === 'FAILED');
    this.#end({ ...task, status: isFailed ? 'FAILED' : 'COMPLETED', checks });
  }

  #end(task: AuditTask): void {
    this.#tasks.set(task.taskId, task);
    this.#timers.delete(task.taskId);
    const { roles, notifications, registry } = this.#ports;
    const { isEnabled, roleArn, targetArn } = this.#state.settings.target ?? { isEnabled: false };
    if (!isEnabled || roleArn === undefined || targetArn === undefined) return;
    const message = taskNotification(task, registry.account.accountId);
    // Nobody is told when the topic or its role are gone.
    roles.work(roleArn, async () => notifications?.publish({ targetArn, message })).catch(() => undefined);
  }

  #run(name: CheckName, task: AuditTask, start: AuditStart): CheckRun {
    if (!this.#state.settings.settingOf(name).isEnabled) return { ...waiting, status: 'FAILED', errorCode: 'AUDIT_CHECK_DISABLED' };
    const denial = this.#denialOf(name);
    if (denial !== undefined) return { ...waiting, status: 'FAILED', errorCode: 'INSUFFICIENT_PERMISSIONS', message: denial };
    const { total, found } = this.#look(name, task, start);
    const findings = found.map((one): AuditFinding => this.#findingOf(name, task, one));
    this.#findings = [...this.findings(), ...findings];
    const suppressed = findings.filter(({ isSuppressed }) => isSuppressed).length;
    const status = findings.length > suppressed ? 'COMPLETED_NON_COMPLIANT' : 'COMPLETED_COMPLIANT';
    return { status, total, nonCompliant: findings.length, suppressed };
  }

  #findingOf(checkName: CheckName, { taskId, startedAt }: AuditTask, one: CheckResult['found'][number]): AuditFinding {
    const { registry, clock } = this.#ports;
    const now = clock.now();
    const isSuppressed = this.#state.suppressions.hides(checkName, one.resource.resourceIdentifier, now);
    const { severity } = auditChecks[checkName];
    return { ...one, findingId: registry.newId(), taskId, checkName, severity, taskStartedAt: startedAt, foundAt: now, isSuppressed };
  }

  #denialOf(name: CheckName): string | undefined {
    const { roles } = this.#ports;
    const { roleArn } = this.#state.settings;
    try {
      for (const action of auditChecks[name].needs) roles.require(roleArn ?? '', action, '*');
    } catch (error) {
      if (error instanceof AwsError) return error.message;
      throw error;
    }
    return undefined;
  }

  // Device Defender developer guide, "Device certificate shared": data is two hours late.
  #look(name: CheckName, { startedAt }: AuditTask, { previousAt }: AuditStart): CheckResult {
    const { registry, behaviour, revocationList, clock } = this.#ports;
    const { settings, connections } = this.#state;
    const lateMs = 2 * hourMs;
    return checkTable[name]({
      ...{ registry, behaviour, revocationList, connections, now: clock.now(), thresholdDays: settings.thresholdOf(name) },
      connectionsFrom: previousAt === undefined ? startedAt - 31 * dayMs : previousAt - lateMs,
      connectionsUntil: startedAt - lateMs,
    });
  }
}
