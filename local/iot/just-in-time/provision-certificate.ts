import type { Account } from '../../account.ts';
import type { IotBehaviour } from '../behaviour/behaviour.ts';
import type { ParsedCertificate } from '../certificate-authority/parsed-certificate.ts';
import type { ControlPlaneClient } from '../control-plane-client.ts';
import { applyPlan } from '../provisioning/apply-plan.ts';
import { planFor } from '../provisioning/plan-for.ts';
import { parseTemplateBody } from '../provisioning/template/parse-template.ts';
import { ProvisioningRefusal } from '../provisioning/refusal.ts';
import type { ProvisioningRegistry, ProvisioningTemplateView } from '../provisioning-registry.ts';
import type { Certificate, RegistrationConfig } from '../registry/records.ts';
import type { IotRegistry } from '../registry/registry.ts';
import type { ServiceRoles } from '../service-roles.ts';
import { subjectParameters } from './subject-parameters.ts';

export interface ProvisioningPorts {
  readonly account: Account;
  readonly behaviour: IotBehaviour;
  readonly registry: IotRegistry;
  readonly templates: Pick<ProvisioningRegistry, 'provisioningTemplate'>;
  /** Its calls count against the account's quotas, which a wave of new devices can exceed (DG:jit-provisioning). */
  readonly controlPlane: ControlPlaneClient;
  readonly roles: ServiceRoles;
}

type UsedTemplate = Pick<ProvisioningTemplateView, 'templateBody' | 'provisioningRoleArn'>;

const namedTemplate = ({ templates }: ProvisioningPorts, templateName: string): UsedTemplate => {
  const template = templates.provisioningTemplate(templateName);
  if (template === undefined) throw new ProvisioningRefusal('template-unknown', { log: `There is no template ${templateName}` });
  if (!template.enabled) throw new ProvisioningRefusal('template-disabled', { log: `The template ${templateName} is not enabled` });
  return template;
};

const templateOf = (ports: ProvisioningPorts, { templateName, templateBody = '', roleArn = '' }: RegistrationConfig): UsedTemplate =>
  templateName === undefined ? { templateBody, provisioningRoleArn: roleArn } : namedTemplate(ports, templateName);

/**
 * Carries out the template of a certificate's authority (DG:jit-provisioning): thing, policy, attachments, activation, all
 * with the template's role. What was done before a failing step stays, and so does the status PENDING_ACTIVATION.
 *
 * @throws ProvisioningRefusal
 */
export const provisionCertificate = async (
  ports: ProvisioningPorts,
  config: RegistrationConfig,
  { certificate, parsed }: { readonly certificate: Certificate; readonly parsed: ParsedCertificate },
): Promise<void> => {
  const { account, behaviour, registry, roles } = ports;
  const template = templateOf(ports, config);
  if (!roles.isAssumable(template.provisioningRoleArn)) {
    throw new ProvisioningRefusal('role-not-assumable', { log: `AWS IoT may not assume ${template.provisioningRoleArn}` });
  }
  const { certificateId, certificatePem } = certificate;
  // It took its time; what an operator did to the certificate meanwhile is not undone.
  if (registry.certificates.get(certificateId)?.status !== 'PENDING_ACTIVATION') {
    throw new ProvisioningRefusal('registration-failed', { log: `Certificate ${certificateId} is no longer PENDING_ACTIVATION` });
  }
  const subject = subjectParameters(parsed, behaviour['just-in-time.repeated-attribute']);
  const plan = planFor(parseTemplateBody(template.templateBody, behaviour), {
    parameters: new Map(),
    subject,
    certificateId,
    account,
    behaviour,
  });
  const controlPlane = roles.actAs(template.provisioningRoleArn, ports.controlPlane);
  await applyPlan({ controlPlane, behaviour }, plan, {
    certificateId,
    certificatePem,
    certificateArn: registry.arn('cert', certificateId),
  });
};
