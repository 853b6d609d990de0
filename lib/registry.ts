import { CfnPolicy, CfnThingGroup, CfnThingType } from 'aws-cdk-lib/aws-iot';
import { Construct, type IDependable } from 'constructs';
import type { Configuration, LineConfiguration, TenantConfiguration } from '../domain/configuration.ts';
import { compileProbationPolicy, compileQuarantinePolicy, compileSharedPolicy } from '../domain/device-policy.ts';
import type { PolicyDocument } from '../domain/policy-document.ts';
import { type ResourceNames, resourceNames } from '../domain/resource-names.ts';
import { topicTree } from '../domain/topics.ts';
import { GroupPolicies } from './group-policies.ts';
import { deployedScope } from './policy-scope.ts';

/** What things of a line are registered under. */
export interface LineRegistry {
  readonly thingType: CfnThingType;
  readonly group: CfnThingGroup;
  /** Groups below it, one of which allocation may choose in its place. */
  readonly allocationGroups: readonly CfnThingGroup[];
  /** Where things begin whose line takes serial numbers for proof; a thing there may not do much. */
  readonly probation: IDependable;
}

/**
 * The places that things are put in: a type and a group per line, a group per tenant, probation and quarantine. A thing may
 * not be in two groups of one hierarchy, so all of these are roots; the groups that a line's allocation chooses from lie below
 * the line's, and a thing is in one of them instead.
 */
export class Registry extends Construct {
  readonly #lines: ReadonlyMap<string, LineRegistry>;
  readonly #names: ResourceNames;
  readonly #groupPolicies: GroupPolicies;

  constructor(scope: Construct, id: string, configuration: Configuration) {
    super(scope, id);
    this.#names = resourceNames(configuration.prefix);
    this.#groupPolicies = new GroupPolicies(this, 'GroupPolicies', configuration);
    const compilation = { scope: deployedScope, topics: topicTree(configuration.topicPrefix) };
    const probation = this.#addRestriction('Probation', this.#names.probationGroup, compileProbationPolicy(compilation));
    this.#lines = new Map(configuration.lines.map((line) => [line.name, this.#addLine(line, probation)]));
    for (const tenant of configuration.tenants) {
      this.#addTenant(tenant, compileSharedPolicy(compilation, { of: 'tenant', tenant: tenant.name, sharedTopics: tenant.sharedTopics }));
    }
    this.#addRestriction('Quarantine', this.#names.quarantineGroup, compileQuarantinePolicy(compilation));
  }

  ofLine(line: LineConfiguration['name']): LineRegistry {
    const found = this.#lines.get(line);
    if (found === undefined)
      throw new Error(`Line "${line}" is not registered; the configuration has: ${[...this.#lines.keys()].join(', ')}.`);
    return found;
  }

  #addLine({ name, description, allocation }: LineConfiguration, probation: IDependable): LineRegistry {
    const thingType = new CfnThingType(this, `ThingType-${name}`, {
      thingTypeName: this.#names.thingType(name),
      thingTypeProperties: {
        searchableAttributes: ['tenant', 'approach'],
        ...(description === undefined ? {} : { thingTypeDescription: description }),
      },
    });
    const group = this.#addGroup(`LineGroup-${name}`, this.#names.lineGroup(name));
    const chosen = new Set(allocation.flatMap((rule) => rule.group ?? []));
    const allocationGroups = [...chosen].map((choice) => this.#addAllocationGroup(name, choice, group));
    return { thingType, group, allocationGroups, probation };
  }

  #addTenant({ name }: TenantConfiguration, policyDocument: PolicyDocument | undefined): void {
    const group = this.#addGroup(`TenantGroup-${name}`, this.#names.tenantGroup(name));
    if (policyDocument === undefined) return;
    const policy = new CfnPolicy(this, `TenantPolicy-${name}`, { policyName: this.#names.tenantPolicy(name), policyDocument });
    this.#groupPolicies.attach(`Tenant-${name}`, { policy, group });
  }

  /** A group whose policy takes away what others allow. It and its policy have one name. */
  #addRestriction(id: 'Probation' | 'Quarantine', name: string, policyDocument: PolicyDocument): IDependable {
    const group = this.#addGroup(`${id}Group`, name);
    const policy = new CfnPolicy(this, `${id}Policy`, { policyName: name, policyDocument });
    return this.#groupPolicies.attach(id, { policy, group });
  }

  #addGroup(id: string, thingGroupName: string): CfnThingGroup {
    return new CfnThingGroup(this, id, { thingGroupName });
  }

  #addAllocationGroup(line: LineConfiguration['name'], choice: string, parent: CfnThingGroup): CfnThingGroup {
    const group = new CfnThingGroup(this, `AllocationGroup-${line}-${choice}`, {
      thingGroupName: this.#names.allocationGroup(line, choice),
      // By name, not by reference: AWS's pages do not agree whether a reference is a group's name or its id.
      parentGroupName: this.#names.lineGroup(line),
    });
    group.addResourceDependency(parent);
    return group;
  }
}
