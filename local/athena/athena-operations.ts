import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { Clock } from '../clock.ts';
import type { OperationTable } from '../gateway/operation.ts';
import { parseInput } from '../gateway/parse-input.ts';
import { PRIMARY, refusal, type WorkGroups } from './workgroups.ts';

// Athena API Reference, CreateWorkGroup and CreateNamedQuery.
const groupName = z.string().regex(/^[a-zA-Z0-9._-]{1,128}$/);
const description = z.string().max(1024).optional();

/** https://docs.aws.amazon.com/athena/latest/APIReference/API_WorkGroupConfiguration.html */
const configuration = z.strictObject({
  BytesScannedCutoffPerQuery: z.int().min(10_000_000).optional(),
  EnforceWorkGroupConfiguration: z.boolean().default(true),
  EngineVersion: z.strictObject({ SelectedEngineVersion: z.string() }).optional(),
  PublishCloudWatchMetricsEnabled: z.boolean().default(false),
  RequesterPaysEnabled: z.boolean().default(false),
  ResultConfiguration: z
    .strictObject({
      EncryptionConfiguration: z
        .strictObject({ EncryptionOption: z.enum(['SSE_S3', 'SSE_KMS', 'CSE_KMS']), KmsKey: z.string().optional() })
        .refine(({ EncryptionOption, KmsKey }) => EncryptionOption === 'SSE_S3' || KmsKey !== undefined, 'a key is needed for this option')
        .optional(),
      ExpectedBucketOwner: z
        .string()
        .regex(/^\d{12}$/)
        .optional(),
      OutputLocation: z
        .string()
        .regex(/^s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](\/.*)?$/)
        .optional(),
    })
    .optional(),
});

const creation = z.object({ Name: groupName, Configuration: configuration.prefault({}), Description: description });
const naming = z.object({ WorkGroup: groupName });
const change = naming.extend({
  ConfigurationUpdates: configuration.optional(),
  Description: description,
  State: z.enum(['ENABLED', 'DISABLED']).optional(),
});
const query = z.object({
  Name: z.string().min(1).max(128),
  Database: z.string().min(1).max(255),
  QueryString: z.string().min(1).max(262_144),
  Description: description,
  WorkGroup: groupName.default(PRIMARY),
});
const queryId = z.object({ NamedQueryId: z.string().min(1) });

/** The operations on work groups and saved queries that the local AWS has. There is no engine: nothing runs. */
export const athenaOperations = ({ clock, groups }: { readonly clock: Clock; readonly groups: WorkGroups }): OperationTable => ({
  CreateNamedQuery: (members) => {
    const NamedQueryId = randomUUID();
    groups.save({ ...parseInput(query, members, refusal), NamedQueryId });
    return { NamedQueryId };
  },
  CreateWorkGroup: (members) => {
    groups.add({ ...parseInput(creation, members, refusal), State: 'ENABLED', CreationTime: clock.now() / 1000 });
    return {};
  },
  DeleteNamedQuery: (members) => {
    groups.forget(parseInput(queryId, members, refusal).NamedQueryId);
    return {};
  },
  DeleteWorkGroup: (members) => {
    const schema = naming.extend({ RecursiveDeleteOption: z.boolean().default(false) });
    const { WorkGroup, RecursiveDeleteOption } = parseInput(schema, members, refusal);
    groups.delete(WorkGroup, RecursiveDeleteOption);
    return {};
  },
  GetNamedQuery: (members) => ({ NamedQuery: groups.query(parseInput(queryId, members, refusal).NamedQueryId) }),
  GetWorkGroup: (members) => ({ WorkGroup: groups.get(parseInput(naming, members, refusal).WorkGroup) }),
  UpdateWorkGroup: (members) => {
    const { WorkGroup, ConfigurationUpdates, ...changed } = parseInput(change, members, refusal);
    const before = groups.get(WorkGroup);
    const { State = before.State, Description = before.Description } = changed;
    groups.change({ ...before, State, Description, Configuration: { ...before.Configuration, ...ConfigurationUpdates } });
    return {};
  },
});
