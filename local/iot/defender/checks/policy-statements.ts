import * as z from 'zod';
import type { AuditedResource } from '../audit-finding.ts';
import type { Policy } from '../../registry/records.ts';
import type { IotRegistry } from '../../registry/registry.ts';

const oneOrMore = z.union([z.string(), z.array(z.string())]).transform((value) => (typeof value === 'string' ? [value] : value));

const statement = z.object({
  Effect: z.enum(['Allow', 'Deny']),
  Action: oneOrMore.optional(),
  NotAction: oneOrMore.optional(),
  Resource: oneOrMore.optional(),
  NotResource: oneOrMore.optional(),
  Condition: z.record(z.string(), z.record(z.string(), z.unknown())).optional(),
});

export type Statement = z.output<typeof statement>;

const document = z.object({
  Statement: z.union([z.array(statement), statement]).transform((value) => (Array.isArray(value) ? value : [value])),
});

/** A policy's default version, which is what counts, as audits read it. */
export interface AuditedPolicy {
  readonly resource: AuditedResource;
  readonly statements: readonly Statement[];
}

const auditedPolicy = ({ policyName, versions, defaultVersionId }: Policy): AuditedPolicy => ({
  resource: {
    resourceType: 'IOT_POLICY',
    resourceIdentifier: { policyVersionIdentifier: { policyName, policyVersionId: defaultVersionId } },
  },
  statements: document.parse(JSON.parse(versions.find(({ versionId }) => versionId === defaultVersionId)?.document ?? '{"Statement":[]}'))
    .Statement,
});

export const auditedPolicies = ({ policies }: IotRegistry): readonly AuditedPolicy[] => [...policies.values()].map(auditedPolicy);

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

const matchesAction = (pattern: string, action: string): boolean =>
  new RegExp(`^${pattern.split('*').map(escaped).join('.*')}$`, 'i').test(action);

/** Whether a statement is about an action of AWS IoT, e.g. `iot:Publish`. */
export const isAbout = ({ Action, NotAction }: Statement, action: string): boolean =>
  NotAction === undefined
    ? Action?.some((pattern) => matchesAction(pattern, action)) === true
    : !NotAction.some((pattern) => matchesAction(pattern, action));

/** What follows `topic/`, `client/` or the like in the statement's resources; `*` for everything stands for all of them. */
export const namedIn = ({ Resource = [], NotResource }: Statement, kind: string): readonly string[] => {
  const named = Resource.flatMap((arn) => (arn === '*' ? ['*'] : [...(new RegExp(`:${kind}/(.*)$`, 's').exec(arn) ?? [])].slice(1)));
  return NotResource === undefined ? named : ['*'];
};
