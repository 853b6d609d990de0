import { Validations } from 'aws-cdk-lib';
import { LogGroup, SubscriptionFilter } from 'aws-cdk-lib/aws-logs';
import { LambdaDestination } from 'aws-cdk-lib/aws-logs-destinations';
import { Construct } from 'constructs';
import { IOT_LOG_GROUP } from '../../domain/iot-log-group.ts';
import { alarmDefinitions } from '../../domain/monitoring/alarms.ts';
import { ringForEvents } from '../monitoring/ring-for-events.ts';
import { type DeviceClientIds, deviceClientIdsOf } from './presence-sql.ts';
import { type SuspicionFunctionProps, suspicionFunction } from './suspicion-function.ts';

/** Reads AWS IoT's own log for messages of devices that were refused. Whether AWS IoT writes one is the account's matter, and so is its log group. */
export class RefusalWatch extends Construct {
  constructor(scope: Construct, id: string, props: SuspicionFunctionProps) {
    super(scope, id);
    const watch = suspicionFunction(this, props, {
      name: 'refusal-watch',
      description: 'Muster: looks for devices that publish what they may not.',
      partition: 'refused-publishes#*',
      timeoutSeconds: 60,
    });
    new SubscriptionFilter(this, 'Refusals', {
      logGroup: LogGroup.fromLogGroupName(this, 'IotLog', IOT_LOG_GROUP),
      destination: new LambdaDestination(watch.function),
      filterPattern: { logPatternString: refusalPattern(deviceClientIdsOf(props.configuration)) },
    });
    ringForEvents(this, props, { code: 'device.publishes-refused', definition: alarmDefinitions.publishesRefused });
    Validations.of(this).acknowledge({
      id: 'Serverless-LambdaDLQ',
      reason: 'Who goes on publishing is counted again with the next delivery; Lambda itself brings one that failed twice more.',
    });
  }
}

/** What CloudWatch Logs takes. */
const MAX_PATTERN_LENGTH = 1024;

const REFUSED = '($.eventType = "Publish-In") && ($.status = "Failure") && ($.reason = "AUTHORIZATION_FAILURE")';

// Where there are too many client ids to name, the function leaves out whoever is none of ours.
const refusalPattern = ({ prefix, paths }: DeviceClientIds): string => {
  const clients = [`${prefix}:*`, ...paths.map((path) => `${path}/*`)].map((id) => `($.clientId = "${id}")`);
  const pattern = `{ ${REFUSED} && (${clients.join(' || ')}) }`;
  return pattern.length <= MAX_PATTERN_LENGTH ? pattern : `{ ${REFUSED} }`;
};
