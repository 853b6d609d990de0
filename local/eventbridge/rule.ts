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

export interface RuleSettings {
  readonly expression: string;
  readonly schedule: Schedule;
  readonly isEnabled: boolean;
  readonly description: string | undefined;
}

/** A rule on the default event bus that runs by the clock. */
export interface Rule {
  readonly name: string;
  readonly arn: string;
  settings: RuleSettings;
  readonly targets: Map<string, Target>;
  readonly tags: Map<string, string>;
}
