import type { CheckName } from './audit-checks.data.ts';
import type { AuditFinding } from './audit-finding.ts';
import { applyMitigation } from './apply-mitigation.ts';
import type { DefenderPorts } from './defender-ports.ts';
import { isApplicable, type MitigationAction } from './mitigation-action.ts';

export interface Execution {
  readonly taskId: string;
  readonly findingId: string;
  readonly checkName: CheckName;
  readonly actionName: string;
  readonly actionId: string;
  readonly status: 'IN_PROGRESS' | 'COMPLETED' | 'FAILED' | 'SKIPPED';
  readonly startedAt: number;
  readonly endedAt: number | undefined;
  readonly errorCode: string | undefined;
  readonly message: string | undefined;
}

export interface MitigationTask {
  readonly taskId: string;
  readonly startedAt: number;
  readonly endedAt: number | undefined;
  readonly status: 'IN_PROGRESS' | 'COMPLETED' | 'FAILED';
  /** As they were when it began. */
  readonly actions: readonly MitigationAction[];
  readonly actionsByCheck: Readonly<Record<string, readonly string[]>>;
  /** Which findings, as the request said it. */
  readonly target: object;
  readonly executions: readonly Execution[];
}

export interface MitigationStart extends Pick<MitigationTask, 'taskId' | 'actions' | 'actionsByCheck' | 'target'> {
  readonly findings: readonly AuditFinding[];
}

/** Applies actions to findings, one after the other, after the request that asked for it was answered. */
export class MitigationTasks {
  readonly #ports: DefenderPorts;
  readonly #tasks = new Map<string, MitigationTask>();

  constructor(ports: DefenderPorts) {
    this.#ports = ports;
  }

  get(taskId: string): MitigationTask | undefined {
    return this.#tasks.get(taskId);
  }

  all(): readonly MitigationTask[] {
    return [...this.#tasks.values()];
  }

  start({ findings, ...start }: MitigationStart): void {
    const task: MitigationTask = {
      ...start,
      startedAt: this.#ports.clock.now(),
      endedAt: undefined,
      status: 'IN_PROGRESS',
      executions: [],
    };
    this.#tasks.set(task.taskId, task);
    void this.#work(task, findings);
  }

  async #work(task: MitigationTask, findings: readonly AuditFinding[]): Promise<void> {
    const executions: Execution[] = [];
    for (const finding of findings) {
      const names = task.actionsByCheck[finding.checkName] ?? [];
      for (const action of task.actions.filter(({ actionName }) => names.includes(actionName))) {
        executions.push(await this.#execute(task.taskId, finding, action));
      }
    }
    const isFailed = executions.some(({ status }) => status === 'FAILED');
    this.#tasks.set(task.taskId, { ...task, executions, endedAt: this.#ports.clock.now(), status: isFailed ? 'FAILED' : 'COMPLETED' });
  }

  async #execute(taskId: string, finding: AuditFinding, action: MitigationAction): Promise<Execution> {
    const { clock } = this.#ports;
    const { findingId, checkName } = finding;
    const startedAt = clock.now();
    const isSkipped = !isApplicable(checkName, action.kind);
    const failure = isSkipped ? undefined : await applyMitigation({ taskId, finding, action }, this.#ports);
    return {
      ...{ taskId, findingId, checkName, actionName: action.actionName, actionId: action.actionId, startedAt, endedAt: clock.now() },
      status: isSkipped ? 'SKIPPED' : failure === undefined ? 'COMPLETED' : 'FAILED',
      ...{ errorCode: failure?.code, message: failure?.message },
    };
  }
}
