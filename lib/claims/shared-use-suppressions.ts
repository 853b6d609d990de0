import type { Configuration } from '../../domain/configuration.ts';
import { allow } from '../allow.ts';
import type { BundledFunction } from '../bundled-function.ts';

type SuppressionAction = 'iot:CreateAuditSuppression' | 'iot:DeleteAuditSuppression';

/** Lets a function say of claims' certificates that they are shared by design, and that they are no longer, where their audit is ours. */
export const allowSuppressions = (to: BundledFunction, { accountWide }: Configuration, ...actions: readonly SuppressionAction[]): void => {
  // Neither has a resource that a policy could name (Service Authorization Reference, AWS IoT).
  if (accountWide.deviceDefender !== undefined) to.allow(allow(actions, ['*']));
};
