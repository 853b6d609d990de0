import { CfnPolicy, CfnThingGroup, CfnThingType } from 'aws-cdk-lib/aws-iot';
import { Construct } from 'constructs';
import type { Configuration, LineConfiguration, TenantConfiguration } from '../domain/configuration.ts';
import { compileQuarantinePolicy, compileSharedPolicy } from '../domain/device-policy.ts';
import type { PolicyDocument } from '../domain/policy-document.ts';
import { type ResourceNames, resourceNames } from '../domain/resource-names.ts';
import { topicTree } from '../domain/topics.ts';
import { GroupPolicies } from './group-policies.ts';
import { deployedScope } from './policy-scope.ts';

/** What things of a line are registered under. */
export interface LineRegistry {
  readonly thingType: CfnThingType;
  readonly group: CfnThingGroup;
}

/**
 * The places that things are put in: a type and a root group per line, a root group per tenant, and quarantine. All groups
 * are roots, because a thing may not be in two groups of one hierarchy.
 */
export class Registry extends Construct {
  readonly #lines: ReadonlyMap<string, LineRegistry>;
  readonly #names: ResourceNames;
  readonly #groupPolicies: GroupPolicies;

  constructor(scope: Construct, id: string, configuration: Configuration) {
    super(scope, id);
    this.#names = resourceNames(configuration.prefix);
    this.#groupPolicies = new GroupPolicies(this, 'GroupPolicies', configuration);
    this.#lines = new Map(configuration.lines.map((line) => [line.name, this.#addLine(line)]));
    const compilation = { scope: deployedScope, topics: topicTree(configuration.topicPrefix) };
    for (const tenant of configuration.tenants) {
      this.#addTenant(tenant, compileSharedPolicy(compilation, { of: 'tenant', tenant: tenant.name, sharedTopics: tenant.sharedTopics }));
    }
    this.#addQuarantine(compileQuarantinePolicy(compilation));
  }

  ofLine(line: LineConfiguration['name']): LineRegistry {
    const found = this.#lines.get(line);
    if (found === undefined)
      throw new Error(`Line "${line}" is not registered; the configuration has: ${[...this.#lines.keys()].join(', ')}.`);
    return found;
  }

  #addLine({ name, description }: LineConfiguration): LineRegistry {
    const thingType = new CfnThingType(this, `ThingType-${name}`, {
      thingTypeName: this.#names.thingType(name),
      thingTypeProperties: {
        searchableAttributes: ['tenant', 'approach'],
        ...(description === undefined ? {} : { thingTypeDescription: description }),
      },
    });
    return { thingType, group: this.#addGroup(`LineGroup-${name}`, this.#names.lineGroup(name)) };
  }

  #addTenant({ name }: TenantConfiguration, policyDocument: PolicyDocument | undefined): void {
    const group = this.#addGroup(`TenantGroup-${name}`, this.#names.tenantGroup(name));
    if (policyDocument === undefined) return;
    const policy = new CfnPolicy(this, `TenantPolicy-${name}`, { policyName: this.#names.tenantPolicy(name), policyDocument });
    this.#groupPolicies.attach(`Tenant-${name}`, { policy, group });
  }

  #addQuarantine(policyDocument: PolicyDocument): void {
    const group = this.#addGroup('QuarantineGroup', this.#names.quarantineGroup);
    const policy = new CfnPolicy(this, 'QuarantinePolicy', { policyName: this.#names.quarantinePolicy, policyDocument });
    this.#groupPolicies.attach('Quarantine', { policy, group });
  }

  #addGroup(id: string, thingGroupName: string): CfnThingGroup {
    return new CfnThingGroup(this, id, { thingGroupName });
  }
}
