import * as z from 'zod';
import type { Account } from '../../account.ts';
import type { Caller } from '../../gateway/api-service.ts';
import type { Operation } from '../../gateway/operation.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import { contextOf } from '../../policy/context.ts';
import { decideAccess } from '../access/decide-access.ts';
import type { Permissions } from '../access/permissions.ts';
import { permissionsOf } from '../access/permissions-of.ts';
import { noSuchEntity } from '../iam-errors.ts';
import type { IamStores } from '../iam-stores.ts';

const contextEntry = z.object({
  ContextKeyName: z.string(),
  ContextKeyValues: z.array(z.string()).default([]),
  ContextKeyType: z.string(),
});

const input = z.object({
  PolicySourceArn: z.string().min(20),
  ActionNames: z.array(z.string().regex(/^[\w-]+:[\w*]+$/)).min(1),
  ResourceArns: z.array(z.string()).default(['*']),
  ContextEntries: z.array(contextEntry).default([]),
  PolicyInputList: z.undefined('is not supported by the local AWS').optional(),
  PermissionsBoundaryPolicyInputList: z.undefined('is not supported by the local AWS').optional(),
  ResourcePolicy: z.undefined('is not supported by the local AWS').optional(),
});

/** Whose policies are tried: a user, or a session of a role. */
const callerOf = ({ accountId }: Account, { roles, users }: IamStores, arn: string): Caller => {
  const nobody = { accountId, accessKeyId: 'SIMULATION', arn };
  const role = roles.findByArn(arn);
  if (role === undefined && users.findByArn(arn) === undefined) throw noSuchEntity(`Could not find the entity ${arn}.`);
  if (role === undefined) return nobody;
  const session = { roleArn: arn, assumedRoleId: `${role.roleId}:simulation`, policies: undefined, tags: role.tags };
  return { ...nobody, session: { ...session, transitiveTagKeys: [], sourceIdentity: undefined, issuedAtMs: 0 } };
};

type Question = Pick<z.output<typeof input>, 'ContextEntries'> & { readonly action: string; readonly resource: string };

const decisionOf = (permissions: Permissions, { action, resource, ContextEntries }: Question): string => {
  const given = Object.fromEntries(ContextEntries.map(({ ContextKeyName, ContextKeyValues }) => [ContextKeyName, ContextKeyValues]));
  const variables = contextOf({ ...permissions.context(), ...given });
  const ownerId = permissions.principal.accountId;
  const decision = decideAccess(permissions, { request: { action, resource }, ownerId, variables });
  if (decision.isAllowed) return 'allowed';
  return decision.isExplicit ? 'explicitDeny' : 'implicitDeny';
};

/**
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html: identity policies and boundary by the
 * evaluator that judges requests; resources and their policies are not looked at, as on AWS.
 */
export const simulatePrincipalPolicy =
  (account: Account, stores: IamStores): Operation =>
  (raw) => {
    const wanted = parseInput(input, raw, 'InvalidInput');
    const permissions = permissionsOf(stores, callerOf(account, stores, wanted.PolicySourceArn));
    const questions = wanted.ActionNames.flatMap((action) => wanted.ResourceArns.map((resource) => ({ action, resource })));
    return {
      EvaluationResults: questions.map(({ action, resource }) => ({
        EvalActionName: action,
        EvalResourceName: resource,
        EvalDecision: decisionOf(permissions, { action, resource, ContextEntries: wanted.ContextEntries }),
        MatchedStatements: [],
        MissingContextValues: [],
      })),
      IsTruncated: false,
    };
  };
