import type { Account } from '../../account.ts';
import type { ApiService } from '../../gateway/api-service.ts';
import type { AccessControl } from '../../iam/access/access-control.ts';
import type { IotBehaviour } from '../behaviour/behaviour.ts';
import type { MessageBroker, ReservedTopicService } from '../connection.ts';
import type { IotRegistry } from '../registry/registry.ts';
import { DeviceOperations } from './device-operations.ts';
import { createJobEvents } from './job-events.ts';
import { createJobNotifications } from './job-notifications.ts';
import type { Jobs } from './jobs.ts';
import { createJobApi } from './job-api.ts';
import { jobsOverMqtt } from './jobs-over-mqtt.ts';
import { createJobThrottle, type JobSettings } from './request-rates.ts';

export interface JobServicePorts {
  readonly account: Account;
  readonly access?: AccessControl | undefined;
  readonly jobs: Jobs;
  readonly registry: IotRegistry;
  readonly behaviour: IotBehaviour;
  readonly settings: JobSettings;
  readonly broker: () => MessageBroker;
}

/** The side of AWS IoT Jobs that faces devices: their requests over MQTT and HTTP, notifications, and events. */
export const createJobService = (ports: JobServicePorts): { readonly topics: ReservedTopicService; readonly dataPlane: ApiService } => {
  const { account, access, jobs, registry, behaviour, settings, broker } = ports;
  const { clock } = registry;
  const { store } = jobs;
  const now = (): number => clock.now();
  const operations = new DeviceOperations({ jobs, registry, clock });
  const throttle = createJobThrottle(clock, settings);

  const publishAt =
    (qos: 0 | 1) =>
    (topic: string, body: object): void =>
      void broker().publish({ topic, payload: Buffer.from(JSON.stringify(body)), qos, retain: false });

  store.listeners.add(createJobNotifications({ store, now, publish: publishAt(behaviour['jobs.message-qos']) }));
  store.listeners.add(createJobEvents({ store, registry, publish: publishAt(behaviour['events.quality-of-service']) }));
  return {
    topics: jobsOverMqtt({ operations, throttle, behaviour, now, broker }),
    dataPlane: createJobApi({ account, access, operations, throttle, behaviour }),
  };
};
