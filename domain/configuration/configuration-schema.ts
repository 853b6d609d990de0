import * as z from 'zod/mini';
import { attestations } from '../attestation.ts';
import { allocationRule } from './configuration-allocation.ts';
import { audit } from './configuration-audit.ts';
import { accountWide, certificateAuthority, lineCertificate } from './configuration-certificate-authority.ts';
import { operators } from './configuration-operators.ts';
import { triggers } from './configuration-triggers.ts';
import { lineName, tenantName } from '../identifiers.ts';
import { rotationSettings } from '../rotation/rotation-settings.ts';

const prefix = z.string().check(z.regex(/^[a-z][a-z0-9-]{0,15}$/));
// Levels of letters, digits, dot, dash and underscore: nothing that could be a wildcard, a variable or another root.
const sharedTopicName = z.string().check(z.regex(/^[A-Za-z0-9._-]+(\/[A-Za-z0-9._-]+){0,3}$/));

const sharedTopic = z.strictObject({
  topic: sharedTopicName,
  publish: z._default(z.boolean(), false),
  reason: z.optional(z.string().check(z.minLength(10))),
});

const lineSharedTopic = z.extend(sharedTopic, {
  /** The topic stands as it is, outside the line's root: for devices that cannot be told another. */
  absolute: z._default(z.boolean(), false),
});

// Levels without a wildcard, as devices of another service have them before their own name.
const clientIdPath = z.string().check(z.regex(/^[A-Za-z0-9._-]+(\/[A-Za-z0-9._-]+){0,7}$/), z.maxLength(90));

/** Client ids that the devices of a line may use besides their thing's name. */
const clientIds = z.strictObject({
  /** Those that AWS IoT itself assigns to clients which give none. */
  assigned: z._default(z.boolean(), false),
  /** `<path>/<serial>`: devices that were made for another service keep their ids. */
  path: z.optional(clientIdPath),
});

const line = z.strictObject({
  name: lineName,
  description: z.optional(z.string().check(z.maxLength(200))),
  approaches: z._default(z.array(z.string()).check(z.minLength(1)), ['pki']),
  sharedTopics: z._default(z.array(lineSharedTopic).check(z.maxLength(8)), []),
  /** The least that a device must prove. */
  attestation: z._default(z.enum(attestations), 'pinned-key'),
  /** Said a second time, because nothing but a serial number proves nothing. */
  accept: z.optional(z.literal('serial-only')),
  approval: z._default(z.enum(['none', 'operator']), 'none'),
  reprovision: z._default(z.enum(['never', 'replace', 'released']), 'never'),
  allocation: z._default(z.array(allocationRule).check(z.maxLength(16)), []),
  clientIds: z._default(clientIds, { assigned: false }),
  /** What the own authority issues to its devices. */
  certificate: z.optional(lineCertificate),
  triggers: z._default(triggers, () => z.parse(triggers, {})),
  /** How a device comes back whose certificate is over, beside a technician's claim. */
  recovery: z._default(z.enum(['none', 'ticket']), 'none'),
  /** How credentials are replaced; without it none is. */
  rotation: z.optional(rotationSettings),
  /** Nobody new comes in; those who are in stay. A line is closed before it goes. */
  closed: z._default(z.boolean(), false),
});

const tenant = z.strictObject({
  name: tenantName,
  sharedTopics: z._default(z.array(sharedTopic).check(z.maxLength(8)), []),
});

/** Days that CloudWatch Logs can keep a log group for. */
export const retentionDays = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
] as const;

const threshold = z.int().check(z.minimum(1), z.maximum(100_000));

/** Who is told, and of how much; a batch on the line makes few refusals, somebody who tries serial numbers makes many. */
const alarms = z.strictObject({
  email: z.optional(z.email()),
  /** Refusals of devices that come by one claim. */
  claimRefusalsPerFiveMinutes: z._default(threshold, 20),
  /** Of these, those of serial numbers that nobody registered. */
  unknownSerialsPerFiveMinutes: z._default(threshold, 5),
  /** Refusals by one authorizer. A fleet that reconnects makes few, somebody who forges proofs makes many. */
  connectionRefusalsPerFiveMinutes: z._default(threshold, 100),
  /** Messages of one device that AWS IoT did not take, on lines that have it listened for. */
  refusedPublishesPerFiveMinutes: z._default(z.int().check(z.minimum(2), z.maximum(100)), 10),
});

const reservedConcurrency = z.optional(z.int().check(z.minimum(1), z.maximum(1000)));

/** The shape of a configuration and its defaults. */
export const configurationSchema = z.strictObject({
  /** Begins the name of every resource and thing of this deployment. */
  prefix: z._default(prefix, 'muster'),
  topicPrefix: z._default(prefix, 'muster'),
  // Each line takes a statement of the hook's resource policy, which Lambda keeps to 20 KB.
  lines: z._default(z.array(line).check(z.minLength(1), z.maxLength(32)), () => [z.parse(line, { name: 'sensor' })]),
  tenants: z._default(z.array(tenant).check(z.minLength(1), z.maxLength(200)), () => [z.parse(tenant, { name: 'acme' })]),
  retention: z._default(
    z.strictObject({ auditDays: z._default(z.literal(retentionDays), 365), logDays: z._default(z.literal(retentionDays), 30) }),
    { auditDays: 365, logDays: 30 },
  ),
  /** How the sealed history is kept. */
  audit: z._default(audit, () => z.parse(audit, {})),
  alarms: z._default(alarms, () => z.parse(alarms, {})),
  operators: z._default(operators, { factory: [], support: [] }),
  /** Settings of the approaches by their names; each says in its own words what it takes. */
  approaches: z._default(z.record(z.string(), z.unknown()), {}),
  /** Reserved concurrency per function; unset means the account's shared pool. */
  reservedConcurrency: z._default(
    z.strictObject({
      preProvisioningHook: reservedConcurrency,
      activation: reservedConcurrency,
      groupPolicies: reservedConcurrency,
      certificateProvider: reservedConcurrency,
    }),
    {},
  ),
  /** Opt-in, for it has its price; none means that AWS IoT signs. */
  certificateAuthority: z.optional(certificateAuthority),
  accountWide: z._default(accountWide, {}),
  /** Milliseconds that a refusal takes at the least, so that its cause cannot be read from the clock. */
  refusalFloorMs: z._default(z.int().check(z.minimum(0), z.maximum(2000)), 300),
});

export type Configuration = z.infer<typeof configurationSchema>;
export type LineConfiguration = Configuration['lines'][number];
export type TenantConfiguration = Configuration['tenants'][number];
