import type { Behavior, CreateSecurityProfileRequest } from '@aws-sdk/client-iot';
import { AwsError } from '../../aws-error.ts';
import { countedMetrics, type SecurityProfile, type UsualBehavior } from '../defender/security-profile.ts';
import { invalidRequest, notFound } from '../refusals.ts';
import type { ValidInput } from '../valid-input.ts';
import { checkDefenderRole } from './audit-rules.ts';
import type { IotServices } from './operation.ts';

const comparisons = ['less-than', 'less-than-equals', 'greater-than', 'greater-than-equals'] as const;

/** API Reference, BehaviorCriteria. */
const durations = [300, 600, 900, 1800, 3600];

const notHere = (what: string): AwsError =>
  new AwsError('NotImplementedException', `${what} exists on AWS, but the local AWS does not have it. Its README lists what it does.`, {
    status: 501,
  });

const usualBehavior = (behavior: ValidInput<Behavior>): UsualBehavior => {
  const { name, metric: named, criteria = {}, suppressAlerts } = behavior;
  const metric = countedMetrics.find((one) => one === named);
  if (metric === undefined) throw notHere(`The metric ${named ?? ''} of a security profile`);
  if (criteria.statisticalThreshold !== undefined || criteria.mlDetectionConfig !== undefined) throw notHere('A threshold that AWS learns');
  const comparison = comparisons.find((one) => one === criteria.comparisonOperator);
  const { value: { count } = {}, durationSeconds = 0 } = criteria;
  if (comparison === undefined || count === undefined || !durations.includes(durationSeconds))
    throw invalidRequest(`The behavior ${name} needs a comparisonOperator, a count and durationSeconds of ${durations.join(', ')}.`);
  return {
    ...{ name, metric, comparison, count, durationSeconds, isSilent: suppressAlerts === true, asGiven: behavior },
    datapointsToAlarm: criteria.consecutiveDatapointsToAlarm ?? 1,
    datapointsToClear: criteria.consecutiveDatapointsToClear ?? 1,
  };
};

/** LIM: behaviors of a profile. */
const mostBehaviors = 100;

export const behaviorsOf = (behaviors: ValidInput<readonly Behavior[]> = []): readonly UsualBehavior[] => {
  if (behaviors.length > mostBehaviors) throw invalidRequest(`A security profile has at most ${mostBehaviors} behaviors.`);
  return behaviors.map(usualBehavior);
};

export const checkAlertTargets = (services: IotServices, targets: ValidInput<CreateSecurityProfileRequest>['alertTargets']): void => {
  if (targets?.SNS !== undefined) checkDefenderRole(services, targets.SNS.roleArn);
};

export const findSecurityProfile = ({ defender: { detection } }: Pick<IotServices, 'defender'>, name: string): SecurityProfile => {
  const profile = detection.profiles.get(name);
  if (profile === undefined) throw notFound(`Security profile ${name} cannot be found.`);
  return profile;
};
