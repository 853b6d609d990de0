import { Validations } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Construct } from 'constructs';
import { alarmDefinitions } from '../../domain/monitoring/alarms.ts';
import { clientArnsOf } from './end-of-connections.ts';
import { ringForEvents } from '../monitoring/ring-for-events.ts';
import { deviceClientIdsOf, takeOverSql } from './presence-sql.ts';
import { SightingQueue } from './sighting-queue.ts';
import { type SuspicionFunctionProps, suspicionFunction } from './suspicion-function.ts';

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
    watch.function.addEventSource(new SqsEventSource(queue, { batchSize: 10, reportBatchItemFailures: true }));
    ringForEvents(this, props, { code: 'device.clone-suspected', definition: alarmDefinitions.cloneSuspected });
    Validations.of(this).acknowledge(
      {
        id: 'Serverless-LambdaDLQ',
        reason: 'The queue that feeds it has a dead-letter queue; the function is never invoked asynchronously.',
      },
      {
        id: 'Serverless-LambdaEventSourceMappingDestination',
        reason: 'Lambda has no failure destination for SQS; the queue has a dead-letter queue.',
      },
    );
  }
}
