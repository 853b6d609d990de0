import type { DescribeDefaultAuthorizerRequest, DescribeDefaultAuthorizerResponse } from '@aws-sdk/client-iot';
import { notFound } from '../../refusals.ts';
import { authorizerDescription, findAuthorizer } from '../authorizer-rules.ts';
import type { IotOperation } from '../operation.ts';

/** The account's default authorizer, or `ResourceNotFoundException`. */
export const describeDefaultAuthorizer: IotOperation<DescribeDefaultAuthorizerRequest, DescribeDefaultAuthorizerResponse> = ({
  registry,
}) => {
  const { name } = registry.defaultAuthorizer;
  if (name === undefined) throw notFound('The account has no default authorizer.');
  return { authorizerDescription: authorizerDescription(registry, findAuthorizer(registry, name)) };
};
