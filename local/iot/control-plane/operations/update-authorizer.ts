import type { UpdateAuthorizerRequest, UpdateAuthorizerResponse } from '@aws-sdk/client-iot';
import { findAuthorizer, putAuthorizer } from '../authorizer-rules.ts';
import type { IotOperation } from '../operation.ts';

/** Changes what is given. Whether tokens are signed cannot be changed (DG:custom-auth-manage). */
export const updateAuthorizer: IotOperation<UpdateAuthorizerRequest, UpdateAuthorizerResponse> = ({ registry }, input) => {
  const authorizer = findAuthorizer(registry, input.authorizerName);
  putAuthorizer(registry, {
    ...authorizer,
    functionArn: input.authorizerFunctionArn ?? authorizer.functionArn,
    tokenKeyName: input.tokenKeyName ?? authorizer.tokenKeyName,
    tokenSigningPublicKeys: input.tokenSigningPublicKeys ?? authorizer.tokenSigningPublicKeys,
    status: input.status ?? authorizer.status,
    cachingForHttp: input.enableCachingForHttp ?? authorizer.cachingForHttp,
    modifiedAt: registry.clock.now(),
  });
  return { authorizerName: authorizer.authorizerName, authorizerArn: registry.arn('authorizer', authorizer.authorizerName) };
};
