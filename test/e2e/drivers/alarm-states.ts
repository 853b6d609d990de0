import { AlarmType, CloudWatchClient, DescribeAlarmsCommand, paginateDescribeAlarms } from '@aws-sdk/client-cloudwatch';
import { eventually } from '../../../demo/eventually.ts';
import type { OwnFleet } from './own-fleet.ts';

const MINUTE_MS = 60_000;
/** An alarm looks at five minutes, and at ten more for a word that came late. */
const FORGOTTEN_MS = 21 * MINUTE_MS;

/** What is waited for. */
interface Wait {
  readonly state?: 'ALARM' | 'OK';
  readonly lookMs?: number;
}

/** The alarms of a deployment, while its time is moved. */
export class AlarmStates {
  readonly #client = new CloudWatchClient();
  readonly #fleet: Pick<OwnFleet, 'aws' | 'clock'>;

  constructor(fleet: Pick<OwnFleet, 'aws' | 'clock'>) {
    this.#fleet = fleet;
  }

  /** All that there are, by name below the prefix of the deployment. */
  async all(): Promise<ReadonlyMap<string, string>> {
    const found = new Map<string, string>();
    const wanted = { AlarmNamePrefix: 'muster-', AlarmTypes: [AlarmType.MetricAlarm, AlarmType.CompositeAlarm] };
    for await (const { MetricAlarms = [], CompositeAlarms = [] } of paginateDescribeAlarms({ client: this.#client }, wanted))
      for (const { AlarmName = '', StateValue = '' } of [...MetricAlarms, ...CompositeAlarms]) found.set(AlarmName.slice(7), StateValue);
    return found;
  }

  /** Waits until it rings, or is quiet; a minute goes by with each look, or so much as is said. */
  async whenRinging(name: string, { state = 'ALARM', lookMs = MINUTE_MS }: Wait = {}): Promise<void> {
    await eventually(`the alarm ${name}, ${state}`, async () => {
      if ((await this.all()).get(name) === state) return true;
      await this.#passes(lookMs);
      return undefined;
    });
  }

  /** Those that ring, but for quotas, which stay used up as long as there is their claim, and for what a jump of time does to functions. */
  async ringing(): Promise<readonly string[]> {
    const names = [...(await this.all())].filter(([, state]) => state === 'ALARM').map(([name]) => name);
    return names.filter((name) => !name.endsWith('-quota') && name !== 'audit-stuck');
  }

  /** Lets so much time go by that nothing of what was is counted any more. */
  async forget(): Promise<void> {
    await this.#passes(FORGOTTEN_MS);
  }

  /** What an alarm watches, by the name of the dimension. */
  async watchedBy(name: string, dimension: 'FunctionName' | 'QueueName'): Promise<string> {
    const { MetricAlarms = [] } = await this.#client.send(new DescribeAlarmsCommand({ AlarmNames: [`muster-${name}`] }));
    const value = MetricAlarms[0]?.Dimensions?.find(({ Name }) => Name === dimension)?.Value;
    if (value === undefined) throw new Error(`The alarm ${name} has no ${dimension}.`);
    return value;
  }

  close(): void {
    this.#client.destroy();
  }

  /** Time goes by; first whatever runs ends, whose time would be up. */
  async #passes(byMs: number): Promise<void> {
    await this.#fleet.aws.atRest();
    this.#fleet.clock.advance(byMs);
  }
}
