import * as z from 'zod';
import type { Operation } from '../../gateway/operation.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import type { ManagedPolicyStore } from '../../iam/managed-policy-store.ts';
import type { RoleSessions, SessionRequest } from '../role-sessions.ts';
import { sessionPolicies } from '../session-policies.ts';

const schema = z.object({
  RoleArn: z.string().min(20),
  RoleSessionName: z.string().regex(/^[\w+=,.@-]{2,64}$/),
  DurationSeconds: z.coerce.number().int().min(900).max(43_200).default(3600),
  ExternalId: z.string().optional(),
  Policy: z.string().min(1).optional(),
  PolicyArns: z
    .array(z.object({ arn: z.string() }))
    .max(10)
    .default([]),
  Tags: z
    .array(z.object({ Key: z.string().min(1).max(128), Value: z.string().max(256) }))
    .max(50)
    .default([]),
  TransitiveTagKeys: z.array(z.string()).max(50).default([]),
  SourceIdentity: z
    .string()
    .regex(/^[\w+=,.@-]{2,64}$/)
    .optional(),
});

const requestOf = (input: z.output<typeof schema>, policies: ManagedPolicyStore): SessionRequest => ({
  roleArn: input.RoleArn,
  sessionName: input.RoleSessionName,
  durationSeconds: input.DurationSeconds,
  externalId: input.ExternalId,
  policies: sessionPolicies(policies, { inline: input.Policy, policyArns: input.PolicyArns.map(({ arn }) => arn) }),
  tags: { tags: new Map(input.Tags.map(({ Key, Value }) => [Key, Value])), transitiveKeys: input.TransitiveTagKeys },
  sourceIdentity: input.SourceIdentity,
});

/** AssumeRole. Reads roles, makes an access key. */
export const assumeRole =
  (sessions: RoleSessions, policies: ManagedPolicyStore): Operation =>
  (raw, caller) => {
    const input = parseInput(schema, raw, 'ValidationError');
    const { credentials, arn, assumedRoleId } = sessions.assumeAsCaller(requestOf(input, policies), caller);
    return {
      Credentials: {
        AccessKeyId: credentials.accessKeyId,
        SecretAccessKey: credentials.secretAccessKey,
        SessionToken: credentials.sessionToken,
        Expiration: new Date(credentials.expiresAtMs),
      },
      AssumedRoleUser: { AssumedRoleId: assumedRoleId, Arn: arn },
      ...(input.SourceIdentity === undefined ? {} : { SourceIdentity: input.SourceIdentity }),
    };
  };
