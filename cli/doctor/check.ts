import type { AccountReads, StackResource, StackState } from '../../domain/account-ports.ts';
import type { Configuration } from '../../domain/configuration.ts';
import type { OperationsClient } from '../../domain/operations-client.ts';

/** One thing that was looked at. */
export interface Finding {
  /** `note` is worth knowing; `problem` is wrong, or could not be seen. */
  readonly level: 'ok' | 'note' | 'problem';
  readonly what: string;
  readonly why?: string;
  readonly todo?: string;
  /** What the doctor itself can do about it, if it is told to. */
  readonly repair?: Repair;
}

/** Something that a deployment left behind in the account, and how it goes. */
export interface Repair {
  /** E.g. `delete the domain configuration "muster-oauth"`. */
  readonly does: string;
  /** Of a domain configuration. */
  readonly name: string;
  readonly by: 'close' | 'remove';
  /** When AWS IoT lets it happen, in milliseconds since the epoch. */
  readonly notBefore?: number;
}

export type DoctorPhase = 'before' | 'after';

/** What is deployed, read once for all checks. */
export interface Deployed {
  /** The stacks that there are, by name. */
  stacks(): Promise<ReadonlyMap<string, StackState>>;
  resources(): Promise<readonly StackResource[]>;
}

/** What a check may look at. Nothing in it changes anything. */
export interface DoctorContext {
  readonly configuration: Configuration;
  readonly account: AccountReads;
  readonly deployed: Deployed;
  readonly operations: () => Promise<OperationsClient>;
}

/** One concern, judged. A check rejects with what AWS answered where it could not look; the doctor makes a finding of that. */
export interface Check {
  /** Lower case, with dashes. */
  readonly name: string;
  /** When it makes sense: before the first deployment, after it, or both. */
  readonly phases: readonly DoctorPhase[];
  run(context: DoctorContext): Promise<readonly Finding[]>;
}

export const ok = (what: string): Finding => ({ level: 'ok', what });
export const note = (what: string, why: string, todo: string): Finding => ({ level: 'note', what, why, todo });
export const problem = (what: string, why: string, todo: string): Finding => ({ level: 'problem', what, why, todo });
