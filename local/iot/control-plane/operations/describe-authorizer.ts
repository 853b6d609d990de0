import type { DescribeAuthorizerRequest, DescribeAuthorizerResponse } from '@aws-sdk/client-iot';
import { authorizerDescription, findAuthorizer } from '../authorizer-rules.ts';
import type { IotOperation } from '../operation.ts';

/** One authorizer with its public keys. */
export const describeAuthorizer: IotOperation<DescribeAuthorizerRequest, DescribeAuthorizerResponse> = ({ registry }, input) => ({
  authorizerDescription: authorizerDescription(registry, findAuthorizer(registry, input.authorizerName)),
});
