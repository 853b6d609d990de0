import type { LineName, TenantName } from './identifiers.ts';

/** The topic tree of a deployment: each device, line and tenant owns one root, and nothing lies outside. */
export const topicTree = (topicPrefix: string) => ({
  /** `<prefix>/things/<thing>`: the device's own. */
  thing: (thing: string) => `${topicPrefix}/things/${thing}`,
  /** Below the device's own root; closed to it while it is on probation. */
  commands: (thing: string) => `${topicPrefix}/things/${thing}/commands`,
  /** Below the device's own root; all that is left to it in quarantine. */
  diagnosis: (thing: string) => `${topicPrefix}/things/${thing}/diagnosis`,
  /** Below the device's own root: while its credential is being replaced it asks for another, and is told. */
  credential: (thing: string) => ({
    ask: `${topicPrefix}/things/${thing}/credential/ask`,
    tell: `${topicPrefix}/things/${thing}/credential/tell`,
  }),
  /** Below the device's own root: it asks what time it is, and is told. */
  time: (thing: string) => ({ ask: `${topicPrefix}/things/${thing}/time/ask`, tell: `${topicPrefix}/things/${thing}/time/tell` }),
  /** `<prefix>/lines/<line>`: shared by the devices of a line. */
  line: (line: LineName) => `${topicPrefix}/lines/${line}`,
  /** `<prefix>/tenants/<tenant>`: shared by the devices of a tenant. */
  tenant: (tenant: TenantName) => `${topicPrefix}/tenants/${tenant}`,
});

export type TopicTree = ReturnType<typeof topicTree>;
