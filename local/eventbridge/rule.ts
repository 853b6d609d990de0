import type { EventPattern } from './pattern/event-pattern.ts';
import type { Schedule } from './schedule/schedule.ts';

/** Whom a rule sends its events to. */
export interface Target {
  readonly Id: string;
  /** Of a function, its version or alias, or of a queue. */
  readonly Arn: string;
  /** JSON that is sent in the event's place. */
  readonly Input?: string | undefined;
  /** Stored: what cannot be delivered is not tried again here. */
  readonly RetryPolicy?:
    | { readonly MaximumRetryAttempts?: number | undefined; readonly MaximumEventAgeInSeconds?: number | undefined }
    | undefined;
  /** A queue for events that could not be delivered. */
  readonly DeadLetterConfig?: { readonly Arn?: string | undefined } | undefined;
}

/** `ENABLED` sees no calls that only read; the third sees them, too. */
export const ruleStates = ['ENABLED', 'DISABLED', 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS'] as const;

export type RuleState = (typeof ruleStates)[number];

export interface RuleSettings {
  /** When it runs by the clock. */
  readonly timing: { readonly expression: string; readonly schedule: Schedule } | undefined;
  /** Which events of the bus it is about. */
  readonly filter: { readonly text: string; readonly matches: EventPattern } | undefined;
  readonly state: RuleState;
  readonly description: string | undefined;
}

/** A rule on the default event bus: it runs by the clock, for events of the bus, or for both. */
export interface Rule {
  readonly name: string;
  readonly arn: string;
  settings: RuleSettings;
  readonly targets: Map<string, Target>;
  readonly tags: Map<string, string>;
}
