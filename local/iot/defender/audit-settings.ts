import { auditChecks, type CheckName, type PublishedCheck } from './audit-checks.data.ts';

export interface CheckSetting {
  readonly isEnabled: boolean;
  /** By the name of what is configured; values are texts. */
  readonly configuration: Readonly<Record<string, string>>;
}

export interface NotificationTarget {
  readonly targetArn: string | undefined;
  readonly roleArn: string | undefined;
  readonly isEnabled: boolean;
}

/** The audit configuration of one account: everything is off until somebody sets it. */
export class AuditSettings {
  /** Undefined as long as nobody has configured audits: then the configuration does not exist. */
  roleArn: string | undefined;
  target: NotificationTarget | undefined;
  readonly #checks = new Map<CheckName, CheckSetting>();

  set(check: CheckName, setting: CheckSetting): void {
    this.#checks.set(check, setting);
  }

  settingOf(check: CheckName): CheckSetting {
    return this.#checks.get(check) ?? { isEnabled: false, configuration: {} };
  }

  thresholdOf(check: CheckName): number {
    const { threshold }: PublishedCheck = auditChecks[check];
    return threshold === undefined ? 0 : Number(this.settingOf(check).configuration[threshold.name] ?? threshold.days);
  }

  /** As if nobody had ever set anything. */
  clear(): void {
    this.roleArn = undefined;
    this.target = undefined;
    this.#checks.clear();
  }
}
