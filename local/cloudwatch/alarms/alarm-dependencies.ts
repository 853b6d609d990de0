import type { Clock } from '../../clock.ts';
import type { AlarmStore } from './alarm-store.ts';
import type { AlarmWatch } from './alarm-watch.ts';

/** What the operations on alarms work on. */
export interface AlarmDependencies {
  readonly clock: Clock;
  readonly alarms: AlarmStore;
  readonly watch: AlarmWatch;
}
