import type { Account } from '../account.ts';
import type { Clock } from '../clock.ts';
import { identityGrammar } from '../policy/iam-grammars.ts';
import type { PolicyDocument } from '../policy/policy-document.ts';
import { awsManagedPolicy } from './aws-managed-policies.ts';
import { alreadyExists, deleteConflict, invalidInput, noSuchEntity } from './iam-errors.ts';
import { parseIamPolicy } from './iam-policy.ts';
import type { IamPolicy } from './iam-policy.ts';
import { uniqueId } from './unique-id.ts';

export interface ManagedPolicy {
  readonly policyName: string;
  readonly policyId: string;
  readonly arn: string;
  readonly path: string;
  readonly description: string | undefined;
  readonly createdAtMs: number;
  updatedAtMs: number;
  /** 1 for `v1`; a new document makes a new default version. */
  version: number;
  content: IamPolicy;
  /** Role names. */
  readonly attachedTo: Set<string>;
}

// IAM User Guide, "IAM and AWS STS quotas": 6,144 characters without white space.
const maxManagedPolicySize = 6144;

export const checkPolicySize = ({ text }: IamPolicy, limit: number, what: string): void => {
  if (text.replace(/\s/gu, '').length > limit) throw invalidInput(`Maximum policy size of ${limit} bytes exceeded for ${what}`);
};

/** Customer managed policies of one account, and the AWS managed ones that it knows. */
export class ManagedPolicyStore {
  readonly #account: Account;
  readonly #clock: Clock;
  readonly #policies = new Map<string, ManagedPolicy>();

  constructor(account: Account, clock: Clock) {
    this.#account = account;
    this.#clock = clock;
  }

  create(input: {
    readonly policyName: string;
    readonly path?: string | undefined;
    readonly description?: string | undefined;
    readonly document: unknown;
  }): ManagedPolicy {
    if (!/^[\w+=,.@-]{1,128}$/.test(input.policyName)) throw invalidInput('The specified value for policyName is invalid.');
    const path = input.path ?? '/';
    const arn = `arn:${this.#account.partition}:iam::${this.#account.accountId}:policy${path}${input.policyName}`;
    if (this.#policies.has(arn))
      throw alreadyExists(`A policy called ${input.policyName} already exists. Duplicate names are not allowed.`);
    const content = parseIamPolicy(input.document, identityGrammar);
    checkPolicySize(content, maxManagedPolicySize, `policy ${input.policyName}`);
    const now = this.#clock.now();
    const policy = {
      policyName: input.policyName,
      policyId: uniqueId('ANPA'),
      arn,
      path,
      description: input.description,
      createdAtMs: now,
      updatedAtMs: now,
      version: 1,
      content,
      attachedTo: new Set<string>(),
    };
    this.#policies.set(arn, policy);
    return policy;
  }

  find(arn: string): ManagedPolicy | undefined {
    return this.#policies.get(arn);
  }

  get(arn: string): ManagedPolicy {
    const policy = this.#policies.get(arn);
    if (policy === undefined) throw noSuchEntity(`Policy ${arn} was not found.`);
    return policy;
  }

  list(): readonly ManagedPolicy[] {
    return [...this.#policies.values()];
  }

  replaceDocument(arn: string, document: unknown): ManagedPolicy {
    const policy = this.get(arn);
    const parsed = parseIamPolicy(document, identityGrammar);
    checkPolicySize(parsed, maxManagedPolicySize, `policy ${policy.policyName}`);
    policy.content = parsed;
    policy.version += 1;
    policy.updatedAtMs = this.#clock.now();
    return policy;
  }

  delete(arn: string): void {
    if (this.get(arn).attachedTo.size > 0) throw deleteConflict('Cannot delete a policy attached to entities.');
    this.#policies.delete(arn);
  }

  /** The document in force under that ARN, be it the account's or AWS's. */
  documentOf(arn: string): PolicyDocument | undefined {
    return this.#policies.get(arn)?.content.document ?? awsManagedPolicy(arn);
  }
}
