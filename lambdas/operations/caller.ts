import type { Context } from 'aws-lambda';
import * as z from 'zod/mini';
import type { OperatorScope } from '../../domain/operator-scope.ts';
import type { OperationCall } from './operation-call.ts';

/** Who calls, and with which rights; `scope` is missing where the call came by no way that was made for it. */
export interface Caller {
  readonly actor: OperationCall['actor'];
  readonly scope: OperatorScope | undefined;
}

// Lambda Developer Guide, "Request payload format": what Lambda found out about the signature of the request.
const iamEvent = z.object({
  requestContext: z.object({ authorizer: z.object({ iam: z.object({ accountId: z.string(), userArn: z.string() }) }) }),
});

// arn:aws:lambda:<region>:<account>:function:<name>:<alias>
const ALIAS_ARN = /^arn:[a-z-]+:lambda:[a-z0-9-]+:(?<account>\d{12}):function:[^:]+:(?<alias>[^:]+)$/;

/**
 * Reads who calls from what AWS says of a call, and from nothing that the caller says.
 * @returns undefined where AWS names nobody, or somebody of another account.
 */
export const callerOf = (event: unknown, context: Context, scopes: readonly OperatorScope[]): Caller | undefined => {
  const parsed = z.safeParse(iamEvent, event);
  if (!parsed.success) return undefined;
  const { accountId, userArn } = parsed.data.requestContext.authorizer.iam;
  const groups = ALIAS_ARN.exec(context.invokedFunctionArn)?.groups;
  if (groups !== undefined && groups['account'] !== accountId) return undefined;
  return { actor: { kind: 'operator', arn: userArn }, scope: scopes.find(({ name }) => name === groups?.['alias']) };
};
