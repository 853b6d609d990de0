import { deviceBoundariesOf } from './configuration-boundaries.ts';
import type { ConfigurationMistake } from './configuration-error.ts';
import type { Configuration } from './configuration-schema.ts';
import { compileConnectionPolicies } from '../connection/connection-policy.ts';
import type { LineBoundary, TenantBoundary } from '../connection/device-boundaries.ts';
import type { TenantName, ThingName } from '../identifiers.ts';
import { MAX_DOCUMENTS, MAX_DOCUMENT_LENGTH, OversizedPolicyError } from '../connection/packed-policies.ts';
import { topicTree } from '../topics.ts';

/** The longest settings of boundaries in characters of JSON: they are part of the code that every cold start loads. */
const MAX_BOUNDARIES_LENGTH = 65_536;

/** What an authorizer's answer could not say for the lines that use an approach. */
export const mistakesForAuthorizer = (configuration: Configuration, approach: string): readonly ConfigurationMistake[] => {
  const boundaries = deviceBoundariesOf(configuration, approach);
  const { length } = JSON.stringify(boundaries);
  return [
    ...boundaries.lines.flatMap((line) => {
      const unsaid = [nobody, ...boundaries.tenants].find((tenant) => !fits(configuration, line, tenant));
      return unsaid === undefined ? [] : [oversized(configuration, line, unsaid)];
    }),
    ...(length <= MAX_BOUNDARIES_LENGTH ? [] : [longBoundaries(length)]),
  ];
};

const nobody: TenantBoundary = { name: 'x'.repeat(32) as TenantName, sharedTopics: [] };
// The longest that AWS has; the real ones are known at deployment only.
const scope = { partition: 'aws-us-gov', region: 'ap-southeast-1', account: '000000000000' };
const LONGEST = 'x'.repeat(128);

const fits = ({ topicPrefix }: Configuration, line: LineBoundary, tenant: TenantBoundary): boolean => {
  const device = { thingName: LONGEST as ThingName, clientId: LONGEST };
  const reach = { line, tenant: tenant.name, tenants: [tenant], parts: ['own', 'line', 'tenant'], inheritedId: LONGEST } as const;
  try {
    return compileConnectionPolicies({ scope, topics: topicTree(topicPrefix) }, device, reach).length > 0;
  } catch (error) {
    if (error instanceof OversizedPolicyError) return false;
    throw error;
  }
};

const oversized = ({ lines }: Configuration, line: LineBoundary, tenant: TenantBoundary): ConfigurationMistake => ({
  where: `lines.${lines.findIndex(({ name }) => name === line.name)}.sharedTopics`,
  got: `topics that need more${tenant === nobody ? '' : `, together with those of the tenant "${tenant.name}",`} than an authorizer can answer`,
  allowed: `${MAX_DOCUMENTS} policies of ${MAX_DOCUMENT_LENGTH} characters for one device (AWS IoT)`,
  fix: 'share fewer topics, or shorten their names',
});

const longBoundaries = (length: number): ConfigurationMistake => ({
  where: 'tenants',
  got: `shared topics of ${length} characters of JSON`,
  allowed: `${MAX_BOUNDARIES_LENGTH} for all lines and tenants together, because every cold start of an authorizer reads them`,
  fix: 'share fewer topics, or shorten their names',
});

/**
 * Where devices keep their topics `/devices/<id>/…` of another service: two devices of one id would be one there, and an id is unique
 * within its line only.
 */
export const mistakesOfInheritance = ({ lines }: Configuration, approach: string): readonly ConfigurationMistake[] =>
  lines
    .map((line, index) => ({ line, where: `lines.${index}.clientIds.path` }))
    .filter(({ line: { approaches, clientIds } }) => approaches.includes(approach) && clientIds.path !== undefined)
    .slice(1)
    .map(({ where, line: { clientIds } }) => ({
      where,
      got: `"${clientIds.path}", beside the path of another line that uses ${approach}`,
      allowed: 'one such line, because devices of two lines with one serial number would share the topics /devices/<serial>/…',
      fix: 'make them one line, or move one of them to a deployment in another account',
    }));
