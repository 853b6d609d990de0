import * as z from 'zod';
import type { Operation } from '../../gateway/operation.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import type { RoleSessions } from '../role-sessions.ts';

const schema = z.object({
  RoleArn: z.string().min(20),
  RoleSessionName: z.string().regex(/^[\w+=,.@-]{2,64}$/),
  DurationSeconds: z.coerce.number().int().min(900).max(43_200).default(3600),
  ExternalId: z.string().optional(),
});

/** AssumeRole. Reads roles, makes an access key. */
export const assumeRole =
  (sessions: RoleSessions): Operation =>
  (raw, caller) => {
    const input = parseInput(schema, raw, 'ValidationError');
    const request = {
      roleArn: input.RoleArn,
      sessionName: input.RoleSessionName,
      durationSeconds: input.DurationSeconds,
      externalId: input.ExternalId,
    };
    const { credentials, arn, assumedRoleId } = sessions.assumeAsCaller(request, caller);
    return {
      Credentials: {
        AccessKeyId: credentials.accessKeyId,
        SecretAccessKey: credentials.secretAccessKey,
        SessionToken: credentials.sessionToken,
        Expiration: new Date(credentials.expiresAtMs),
      },
      AssumedRoleUser: { AssumedRoleId: assumedRoleId, Arn: arn },
    };
  };
