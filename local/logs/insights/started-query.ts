import type { QueryCommand } from './parse-query.ts';

/** A query that was started. */
export interface StartedQuery {
  /** Names of the log groups. */
  readonly groups: readonly string[];
  readonly commands: readonly QueryCommand[];
  /** Milliseconds since the epoch; `untilMs` is not included. */
  readonly fromMs: number;
  readonly untilMs: number;
  readonly limit: number;
  readonly startedAtMs: number;
  readonly isCancelled: boolean;
}

/** The log groups that a request names, by name or ARN; of a request that nobody has looked at yet, too. */
export const queriedGroups = (input: Readonly<Record<string, unknown>>): readonly string[] =>
  [input['logGroupName'], input['logGroupNames'], input['logGroupIdentifiers']].flat().filter((name) => typeof name === 'string');
