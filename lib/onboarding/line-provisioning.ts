import { CfnProvisioningTemplate } from 'aws-cdk-lib/aws-iot';
import { Construct } from 'constructs';
import type { LineConfiguration } from '../../domain/configuration.ts';
import type { Foundation } from '../approach-deployment.ts';
import { addLinePolicies } from './line-policies.ts';
import type { PreProvisioningHook } from './pre-provisioning-hook.ts';
import { provisioningTemplateBody } from './provisioning-template-body.ts';
import type { ProvisioningRole } from './provisioning-role.ts';

export interface LineProvisioningProps {
  readonly foundation: Foundation;
  readonly line: LineConfiguration;
  readonly hook: PreProvisioningHook;
  readonly role: ProvisioningRole;
}

/** How devices of one line come in by claim: the template, and the policies that claims and devices hold. */
export class LineProvisioning extends Construct {
  constructor(scope: Construct, id: string, props: LineProvisioningProps) {
    super(scope, id);
    const { names, waysIn } = props.foundation;
    const { name } = props.line;
    addLinePolicies(props.foundation, props.line);
    waysIn.addLine(name);
    this.#template(props).node.addDependency(props.role, props.hook.grantInvoke(names.template(name)));
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
