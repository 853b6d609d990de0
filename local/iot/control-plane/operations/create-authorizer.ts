import type { CreateAuthorizerRequest, CreateAuthorizerResponse } from '@aws-sdk/client-iot';
import { alreadyExists } from '../../refusals.ts';
import { addTags } from '../../registry/tagging.ts';
import { putAuthorizer } from '../authorizer-rules.ts';
import type { IotOperation } from '../operation.ts';

/** Stores an authorizer; signing is enabled unless `signingDisabled` is given. */
export const createAuthorizer: IotOperation<CreateAuthorizerRequest, CreateAuthorizerResponse> = ({ registry, behaviour }, input) => {
  const { authorizerName, tags } = input;
  const authorizerArn = registry.arn('authorizer', authorizerName);
  if (registry.authorizers.has(authorizerName)) {
    throw alreadyExists(`Authorizer ${authorizerName} already exists.`, { id: authorizerName, arn: authorizerArn });
  }
  const now = registry.clock.now();
  putAuthorizer(registry, {
    authorizerName,
    functionArn: input.authorizerFunctionArn,
    tokenKeyName: input.tokenKeyName,
    tokenSigningPublicKeys: input.tokenSigningPublicKeys ?? {},
    status: input.status ?? behaviour['authorizer.status-by-default'],
    signingDisabled: input.signingDisabled ?? false,
    cachingForHttp: input.enableCachingForHttp ?? false,
    createdAt: now,
    modifiedAt: now,
  });
  addTags(registry, authorizerArn, tags);
  return { authorizerName, authorizerArn };
};
