import { Duration, Validations } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import { lineRotationsOf } from '../../domain/configuration/configuration-line-settings.ts';
import type { RotationPlannerEnvironment } from '../../lambdas/rotation-planner/environment.ts';
import { BundledFunction } from '../bundled-function.ts';
import type { ClaimsProps } from '../claims/claims-props.ts';
import { iotArn } from '../policy-scope.ts';
import { rotationAlarm } from './alarm.ts';
import { acknowledgePlanningRotations, planningRotations } from './permissions.ts';

const DESCRIPTION = 'Muster: asks devices for another credential, when theirs is due.';

/** Looks every five minutes at what is due and at what is under way. */
export class RotationPlanning extends Construct {
  constructor(scope: Construct, id: string, { configuration, table, auditLog, alarmTopic }: ClaimsProps) {
    super(scope, id);
    const { prefix } = configuration;
    const environment: RotationPlannerEnvironment = { TABLE_NAME: table.tableName, PREFIX: prefix, THING_ARN: iotArn('thing', '') };
    const planner = new BundledFunction(this, 'Function', {
      name: 'rotation-planner',
      description: DESCRIPTION,
      environment,
      constants: { LINE_ROTATIONS: JSON.stringify(lineRotationsOf(configuration)), CONFIGURATION: JSON.stringify(configuration) },
      memorySizeMiB: 256,
      // A run ends by itself after three minutes and the line that it is at.
      timeout: Duration.seconds(290),
      logGroup: auditLog,
      reservedConcurrency: undefined,
    });
    for (const statement of planningRotations({ table, prefix })) planner.allow(statement);
    new Rule(this, 'Schedule', {
      description: DESCRIPTION,
      schedule: Schedule.rate(Duration.minutes(5)),
      targets: [new LambdaFunction(planner.function, { retryAttempts: 0 })],
    });
    rotationAlarm(this, { configuration, auditLog, alarmTopic });
    acknowledgePlanningRotations(this, prefix);
    const reason = 'A run that failed leaves everything on the list, where the next, five minutes later, finds it.';
    Validations.of(this).acknowledge({ id: 'Serverless-LambdaDLQ', reason }, { id: 'Serverless-EventBusDLQ', reason });
  }
}
