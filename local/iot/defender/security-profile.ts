import type { Behavior, CreateSecurityProfileRequest } from '@aws-sdk/client-iot';
import type { ValidInput } from '../valid-input.ts';

/** What is counted of a thing here; of the other metrics of AWS nothing is collected. */
export const countedMetrics = ['aws:num-connection-attempts', 'aws:num-disconnects'] as const;

export type CountedMetric = (typeof countedMetrics)[number];

/** What is usual for things: a metric that compares so with a number, over a time. */
export interface UsualBehavior {
  readonly name: string;
  readonly metric: CountedMetric;
  readonly comparison: 'less-than' | 'less-than-equals' | 'greater-than' | 'greater-than-equals';
  readonly count: number;
  readonly durationSeconds: number;
  readonly datapointsToAlarm: number;
  readonly datapointsToClear: number;
  readonly isSilent: boolean;
  /** As the API has it. */
  readonly asGiven: ValidInput<Behavior>;
}

/** A security profile with what it is attached to. */
export interface SecurityProfile {
  readonly name: string;
  readonly description: string | undefined;
  readonly behaviors: readonly UsualBehavior[];
  readonly alertTargets: ValidInput<CreateSecurityProfileRequest>['alertTargets'];
  /** ARNs of thing groups. */
  readonly targets: readonly string[];
  readonly version: number;
  readonly createdAt: number;
  readonly modifiedAt: number;
}

/** Whether what was counted is usual. */
export const isUsual = ({ comparison, count }: Pick<UsualBehavior, 'comparison' | 'count'>, counted: number): boolean => {
  switch (comparison) {
    case 'less-than':
      return counted < count;
    case 'less-than-equals':
      return counted <= count;
    case 'greater-than':
      return counted > count;
    case 'greater-than-equals':
      return counted >= count;
  }
};
