import { CfnPolicy, CfnProvisioningTemplate } from 'aws-cdk-lib/aws-iot';
import { Construct } from 'constructs';
import { compileClaimPolicy } from '../domain/claim/claim-policy.ts';
import type { LineConfiguration } from '../domain/configuration.ts';
import { compileDevicePolicy } from '../domain/device-policy.ts';
import type { Foundation } from './approach-deployment.ts';
import { deployedScope } from './policy-scope.ts';
import type { PreProvisioningHook } from './pre-provisioning-hook.ts';
import { provisioningTemplateBody } from './provisioning-template-body.ts';
import type { ProvisioningRole } from './provisioning-role.ts';

export interface LineProvisioningProps {
  readonly foundation: Foundation;
  readonly line: LineConfiguration;
  readonly hook: PreProvisioningHook;
  readonly role: ProvisioningRole;
}

/** How devices of one line come in by claim: the policy of its claims, the policy of its devices, and the template between. */
export class LineProvisioning extends Construct {
  constructor(scope: Construct, id: string, props: LineProvisioningProps) {
    super(scope, id);
    const { names, topics } = props.foundation;
    const { name, sharedTopics, clientIds } = props.line;
    const devicePolicy = new CfnPolicy(this, 'DevicePolicy', {
      policyName: names.devicePolicy(name),
      policyDocument: compileDevicePolicy(
        { scope: deployedScope, topics },
        { of: 'line', line: name, sharedTopics },
        { assignedClientIds: clientIds.assigned },
      ),
    });
    new CfnPolicy(this, 'ClaimPolicy', {
      policyName: names.claimPolicy(name),
      policyDocument: compileClaimPolicy(deployedScope, {
        templateName: names.template(name),
        clientIdPrefix: names.claimClientIdPrefix(name),
      }),
    });
    const template = this.#template(props);
    const { thingType, group, allocationGroups, probation } = props.foundation.registryOf(name);
    // The template names these instead of referring to them, so CloudFormation cannot see the order by itself.
    template.node.addDependency(devicePolicy, thingType, group, ...allocationGroups, probation);
    template.node.addDependency(props.role, props.hook.grantInvoke(names.template(name)));
  }

  #template({ foundation: { names }, line, hook, role }: LineProvisioningProps): CfnProvisioningTemplate {
    return new CfnProvisioningTemplate(this, 'Template', {
      templateName: names.template(line.name),
      templateType: 'FLEET_PROVISIONING',
      // AWS IoT takes a template without this for a disabled one.
      enabled: true,
      templateBody: JSON.stringify(provisioningTemplateBody(names, line)),
      provisioningRoleArn: role.roleArn,
      preProvisioningHook: { targetArn: hook.aliasArn, payloadVersion: '2020-04-01' },
      ...(line.description === undefined ? {} : { description: line.description }),
    });
  }
}
