import { CfnPolicy, CfnThingGroup, CfnThingType } from 'aws-cdk-lib/aws-iot';
import { Construct } from 'constructs';
import type { Configuration, LineConfiguration, TenantConfiguration } from '../../domain/configuration.ts';
import { compileProbationPolicy, compileQuarantinePolicy, compileSharedPolicy } from '../../domain/device-policy.ts';
import type { PolicyDocument } from '../../domain/policy-document.ts';
import { type ResourceNames, resourceNames } from '../../domain/resource-names.ts';
import { topicTree } from '../../domain/topics.ts';
import { GroupPolicies } from './group-policies.ts';
import { deployedScope } from '../policy-scope.ts';

/**
 * The places that things are put in: a type and a group per line, a group per tenant, probation and quarantine. A thing may
 * not be in two groups of one hierarchy, so all of these are roots; the groups that a line's allocation chooses from lie below
 * the line's, and a thing is in one of them instead.
 */
export class Registry extends Construct {
  readonly #names: ResourceNames;
  readonly #groupPolicies: GroupPolicies;

  constructor(scope: Construct, id: string, configuration: Configuration) {
    super(scope, id);
    this.#names = resourceNames(configuration.prefix);
    this.#groupPolicies = new GroupPolicies(this, 'GroupPolicies', configuration);
    const compilation = { scope: deployedScope, topics: topicTree(configuration.topicPrefix) };
    this.#addRestriction('Probation', this.#names.probationGroup, compileProbationPolicy(compilation));
    for (const line of configuration.lines) this.#addLine(line);
    for (const tenant of configuration.tenants) {
      this.#addTenant(tenant, compileSharedPolicy(compilation, { of: 'tenant', tenant: tenant.name, sharedTopics: tenant.sharedTopics }));
    }
    this.#addRestriction('Quarantine', this.#names.quarantineGroup, compileQuarantinePolicy(compilation));
  }

  #addLine({ name, allocation }: LineConfiguration): void {
    new CfnThingType(this, `ThingType-${name}`, {
      thingTypeName: this.#names.thingType(name),
      // No description: CloudFormation refuses to change one, and nothing else of a line could be changed with it.
      thingTypeProperties: { searchableAttributes: ['tenant', 'approach'] },
    });
    const group = this.#addGroup(`LineGroup-${name}`, this.#names.lineGroup(name));
    const chosen = new Set(allocation.flatMap((rule) => rule.group ?? []));
    for (const choice of chosen) this.#addAllocationGroup(name, choice, group);
  }

  #addTenant({ name }: TenantConfiguration, policyDocument: PolicyDocument | undefined): void {
    const group = this.#addGroup(`TenantGroup-${name}`, this.#names.tenantGroup(name));
    if (policyDocument === undefined) return;
    const policy = new CfnPolicy(this, `TenantPolicy-${name}`, { policyName: this.#names.tenantPolicy(name), policyDocument });
    this.#groupPolicies.attach(`Tenant-${name}`, { policy, group });
  }

  /** A group whose policy takes away what others allow. It and its policy have one name. */
  #addRestriction(id: 'Probation' | 'Quarantine', name: string, policyDocument: PolicyDocument): void {
    const group = this.#addGroup(`${id}Group`, name);
    const policy = new CfnPolicy(this, `${id}Policy`, { policyName: name, policyDocument });
    this.#groupPolicies.attach(id, { policy, group });
  }

  #addGroup(id: string, thingGroupName: string): CfnThingGroup {
    return new CfnThingGroup(this, id, { thingGroupName });
  }

  #addAllocationGroup(line: LineConfiguration['name'], choice: string, parent: CfnThingGroup): void {
    const group = new CfnThingGroup(this, `AllocationGroup-${line}-${choice}`, {
      thingGroupName: this.#names.allocationGroup(line, choice),
      // By name, not by reference: AWS's pages do not agree whether a reference is a group's name or its id.
      parentGroupName: this.#names.lineGroup(line),
    });
    group.addResourceDependency(parent);
  }
}
