import type { Account } from '../../account.ts';
import { arnOf } from '../../account.ts';
import { AwsError } from '../../aws-error.ts';
import type { Alarm, AlarmSettings, HistoryItem } from './alarm.ts';

/** Items of history that an alarm keeps; AWS keeps them for 30 days. */
const maxHistory = 500;

export const remember = (alarm: Alarm, item: HistoryItem): void => {
  alarm.history.push(item);
  if (alarm.history.length > maxHistory) alarm.history.shift();
};

export const alarmNotFound = (): AwsError => new AwsError('ResourceNotFound', 'The named resource does not exist.', { status: 404 });

/** The alarms of one account and region. */
export class AlarmStore {
  readonly #account: Account;
  readonly #alarms = new Map<string, Alarm>();

  constructor(account: Account) {
    this.#account = account;
  }

  /** Makes the alarm, or gives the one of that name other settings; its state stays. */
  put(settings: AlarmSettings, nowMs: number): Alarm {
    const existing = this.#alarms.get(settings.name);
    const alarm: Alarm = existing ?? {
      arn: arnOf(this.#account, 'cloudwatch', `alarm:${settings.name}`),
      settings,
      configuredAtMs: nowMs,
      current: { state: 'INSUFFICIENT_DATA', reason: 'Unchecked: Initial alarm creation', reasonData: undefined },
      stateUpdatedAtMs: nowMs,
      stateChangedAtMs: nowMs,
      tags: new Map(),
      history: [],
    };
    alarm.settings = settings;
    alarm.configuredAtMs = nowMs;
    this.#alarms.set(settings.name, alarm);
    const summary = `Alarm "${settings.name}" ${existing === undefined ? 'created' : 'updated'}`;
    const type = existing === undefined ? 'Create' : 'Update';
    const data = JSON.stringify({ version: '1.0', type, updatedAlarm: settings });
    remember(alarm, { timestampMs: nowMs, type: 'ConfigurationUpdate', summary, data });
    return alarm;
  }

  find(name: string): Alarm | undefined {
    return this.#alarms.get(name);
  }

  get(name: string): Alarm {
    const alarm = this.#alarms.get(name);
    if (alarm === undefined) throw alarmNotFound();
    return alarm;
  }

  /** By its name or its ARN, as rules refer to alarms. */
  refer(reference: string): Alarm | undefined {
    return reference.startsWith('arn:') ? this.list().find(({ arn }) => arn === reference) : this.#alarms.get(reference);
  }

  byArn(arn: string): Alarm {
    const alarm = this.list().find((one) => one.arn === arn);
    if (alarm === undefined) throw alarmNotFound();
    return alarm;
  }

  /** By name, in alphabetical order. */
  list(): readonly Alarm[] {
    return [...this.#alarms.values()].sort((a, b) => (a.settings.name < b.settings.name ? -1 : 1));
  }

  delete(name: string): void {
    this.#alarms.delete(name);
  }
}
