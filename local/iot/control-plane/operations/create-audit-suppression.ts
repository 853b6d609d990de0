import type { CreateAuditSuppressionRequest } from '@aws-sdk/client-iot';
import { alreadyExists } from '../../refusals.ts';
import { enabledChecks, endOfSuppression, namedResource } from '../audit-rules.ts';
import type { IotOperation } from '../operation.ts';

/** Suppresses what a check finds of a resource from now on. */
export const createAuditSuppression: IotOperation<CreateAuditSuppressionRequest> = (services, input) => {
  const { registry, defender } = services;
  const [checkName] = enabledChecks(services, [input.checkName]);
  if (checkName === undefined) return {};
  const resourceIdentifier = namedResource(input.resourceIdentifier);
  const expiresAt = endOfSuppression(input, registry.clock.now());
  const token = input.clientRequestToken;
  const isTaken = defender.suppressions.all().some((one) => one.token === token);
  if (isTaken || defender.suppressions.get(checkName, resourceIdentifier) !== undefined)
    throw alreadyExists(`A suppression of ${checkName} for that resource, or with that token, already exists.`, { arn: '' });
  defender.suppressions.set({ checkName, resourceIdentifier, expiresAt, description: input.description, token });
  return {};
};
