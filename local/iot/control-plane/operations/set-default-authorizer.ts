import type { SetDefaultAuthorizerRequest, SetDefaultAuthorizerResponse } from '@aws-sdk/client-iot';
import { alreadyExists } from '../../refusals.ts';
import { findAuthorizer } from '../authorizer-rules.ts';
import type { IotOperation } from '../operation.ts';

type Operation = IotOperation<SetDefaultAuthorizerRequest, SetDefaultAuthorizerResponse>;

/** Makes an authorizer the one that is asked where neither request nor domain configuration names any. */
export const setDefaultAuthorizer: Operation = ({ registry, behaviour }, { authorizerName }) => {
  findAuthorizer(registry, authorizerName);
  const present = registry.defaultAuthorizer.name;
  if (present !== undefined && present !== authorizerName && behaviour['authorizer.default-is-cleared-first']) {
    const resource = { id: present, arn: registry.arn('authorizer', present) };
    throw alreadyExists(`Authorizer ${present} is the default already. Clear it with ClearDefaultAuthorizer first.`, resource);
  }
  registry.defaultAuthorizer.name = authorizerName;
  return { authorizerName, authorizerArn: registry.arn('authorizer', authorizerName) };
};
