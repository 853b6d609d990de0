import * as z from 'zod';
import type { OperationTable } from '../../gateway/operation.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import { noSuchEntity } from '../iam-errors.ts';
import type { ManagedPolicy, ManagedPolicyStore } from '../managed-policy-store.ts';
import { encodeDocument } from './role-output.ts';

const byArn = z.object({ PolicyArn: z.string() });
const createInput = z.object({
  PolicyName: z.string(),
  Path: z.string().optional(),
  Description: z.string().optional(),
  PolicyDocument: z.string(),
});

const policyOutput = (policy: ManagedPolicy): object => ({
  PolicyName: policy.policyName,
  PolicyId: policy.policyId,
  Arn: policy.arn,
  Path: policy.path,
  DefaultVersionId: `v${policy.version}`,
  AttachmentCount: policy.attachedTo.size,
  IsAttachable: true,
  Description: policy.description,
  CreateDate: new Date(policy.createdAtMs),
  UpdateDate: new Date(policy.updatedAtMs),
});

/** The IAM operations on customer managed policies; each touches these alone. */
export const policyOperations = (policies: ManagedPolicyStore): OperationTable => ({
  CreatePolicy: (raw) => {
    const input = parseInput(createInput, raw, 'ValidationError');
    const policy = policies.create({
      policyName: input.PolicyName,
      path: input.Path,
      description: input.Description,
      document: input.PolicyDocument,
    });
    return { Policy: policyOutput(policy) };
  },
  GetPolicy: (raw) => ({ Policy: policyOutput(policies.get(parseInput(byArn, raw, 'ValidationError').PolicyArn)) }),
  GetPolicyVersion: (raw) => {
    const input = parseInput(byArn.extend({ VersionId: z.string() }), raw, 'ValidationError');
    const policy = policies.get(input.PolicyArn);
    if (input.VersionId !== `v${policy.version}`)
      throw noSuchEntity(`Policy ${input.PolicyArn} version ${input.VersionId} does not exist.`);
    const PolicyVersion = {
      Document: encodeDocument(policy.content),
      VersionId: input.VersionId,
      IsDefaultVersion: true,
      CreateDate: new Date(policy.updatedAtMs),
    };
    return { PolicyVersion };
  },
  DeletePolicy: (raw) => {
    policies.delete(parseInput(byArn, raw, 'ValidationError').PolicyArn);
    return undefined;
  },
});
