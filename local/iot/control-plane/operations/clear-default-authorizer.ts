import type { ClearDefaultAuthorizerRequest } from '@aws-sdk/client-iot';
import { notFound } from '../../refusals.ts';
import type { IotOperation } from '../operation.ts';

/** Leaves the account without a default authorizer. */
export const clearDefaultAuthorizer: IotOperation<ClearDefaultAuthorizerRequest> = ({ registry }) => {
  if (registry.defaultAuthorizer.name === undefined) throw notFound('The account has no default authorizer.');
  registry.defaultAuthorizer.name = undefined;
  return {};
};
