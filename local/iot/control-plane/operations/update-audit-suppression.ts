import type { UpdateAuditSuppressionRequest } from '@aws-sdk/client-iot';
import { endOfSuppression, findSuppression } from '../audit-rules.ts';
import type { IotOperation } from '../operation.ts';

/** Gives a suppression another end or description. */
export const updateAuditSuppression: IotOperation<UpdateAuditSuppressionRequest> = (services, input) => {
  const { registry, defender } = services;
  const found = findSuppression(services, input);
  const isOfTime = input.expirationDate !== undefined || input.suppressIndefinitely !== undefined;
  defender.suppressions.set({
    ...found,
    expiresAt: isOfTime ? endOfSuppression(input, registry.clock.now()) : found.expiresAt,
    description: input.description ?? found.description,
  });
  return {};
};
