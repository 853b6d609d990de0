import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { alarmDefinitions } from '../../domain/monitoring/alarms.ts';
import { clientArnsOf } from './end-of-connections.ts';
import { ringForEvents } from '../monitoring/ring-for-events.ts';
import { deviceClientIdsOf, takeOverSql } from './presence-sql.ts';
import { SightingQueue } from './sighting-queue.ts';
import { type SuspicionFunctionProps, suspicionFunction } from './suspicion-function.ts';
import { feedFromQueue } from '../feed-from-queue.ts';

const TIMEOUT_SECONDS = 60;

/** Hears of connections that another took over, and tells when two devices seem to be one. Nothing of it runs when a device reconnects in peace. */
export class CloneWatch extends Construct {
  constructor(scope: Construct, id: string, props: SuspicionFunctionProps) {
    super(scope, id);
    const { prefix } = props.configuration;
    const clientIds = deviceClientIdsOf(props.configuration);
    const watch = suspicionFunction(this, props, {
      name: 'clone-watch',
      description: 'Muster: looks whether two devices use one credential.',
      partition: 'take-overs#*',
      timeoutSeconds: TIMEOUT_SECONDS,
    });
    watch.allow(new PolicyStatement({ actions: ['iot:GetConnection'], resources: clientArnsOf(clientIds) }));
    const { queue } = new SightingQueue(this, 'TakeOvers', {
      ruleName: `${prefix.replaceAll('-', '_')}_take_overs`,
      description: 'Muster: connections of its things that another took over.',
      sql: takeOverSql(clientIds),
      consumerTimeoutSeconds: TIMEOUT_SECONDS,
    });
    feedFromQueue(watch, queue, { batchSize: 10 });
    ringForEvents(this, props, { code: 'device.clone-suspected', definition: alarmDefinitions.cloneSuspected });
  }
}
