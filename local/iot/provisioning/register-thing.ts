import { AwsError } from '../../aws-error.ts';
import type { IotBehaviour } from '../behaviour/behaviour.ts';
import type { ControlPlaneClient } from '../control-plane-client.ts';
import type { ProvisioningRegistry, ProvisioningTemplateView } from '../provisioning-registry.ts';
import type { ServiceRoles } from '../service-roles.ts';
import { applyPlan, type EffectPorts } from './apply-plan.ts';
import type { Exchange, ProvisioningAnswer, ProvisioningRequest } from './exchange.ts';
import type { OwnershipTokens, Redemption } from './ownership-tokens.ts';
import { planFor } from './plan-for.ts';
import { callHook, type HookCaller } from './pre-provisioning-hook.ts';
import { ProvisioningRefusal } from './refusal.ts';
import { readParameters, readStringMember } from './request-body.ts';
import type { ProvisioningPlan } from './template/evaluate-template.ts';
import type { TemplateDocument } from './template/template-document.ts';

export interface RegisterThingPorts extends HookCaller, EffectPorts {
  readonly registry: Pick<ProvisioningRegistry, 'provisioningTemplate'>;
  readonly roles: Pick<ServiceRoles, 'isAssumable' | 'actAs'>;
  readonly tokens: OwnershipTokens;
  /** The document of a template's body. Throws `AwsError`. */
  readonly readTemplate: (templateBody: string) => TemplateDocument;
}

/** What is to be provisioned: by which template, for the certificate of which token. */
interface Subject {
  readonly template: ProvisioningTemplateView;
  readonly redemption: Redemption;
}

interface RegisterThingRequest extends ProvisioningRequest {
  readonly parameters: ReadonlyMap<string, string>;
}

const roleRefused = (log: string): ProvisioningRefusal => new ProvisioningRefusal('role-not-assumable', { log });

function usableTemplate({ registry, roles }: RegisterThingPorts, templateName: string): ProvisioningTemplateView {
  const template = registry.provisioningTemplate(templateName);
  if (template === undefined) throw new ProvisioningRefusal('template-unknown', { log: `There is no template ${templateName}` });
  if (template.type !== 'FLEET_PROVISIONING') {
    throw new ProvisioningRefusal('template-of-other-type', { log: `The template ${templateName} is of type ${template.type}` });
  }
  if (!template.enabled) throw new ProvisioningRefusal('template-disabled', { log: `The template ${templateName} is not enabled` });
  if (!roles.isAssumable(template.provisioningRoleArn)) {
    throw roleRefused(`AWS IoT may not assume ${template.provisioningRoleArn}`);
  }
  return template;
}

/** The control plane in the template's role, which may have gone while the hook decided. @throws ProvisioningRefusal */
function controlPlaneOf({ roles, controlPlane }: RegisterThingPorts, roleArn: string): ControlPlaneClient {
  try {
    return roles.actAs(roleArn, controlPlane);
  } catch (error) {
    throw error instanceof AwsError ? roleRefused(error.message) : error;
  }
}

/** The device's parameters with the hook's overrides added; the device's own when the template has no hook. */
async function admittedParameters(
  ports: RegisterThingPorts,
  request: RegisterThingRequest,
  { template, redemption: { certificate } }: Subject,
): Promise<ReadonlyMap<string, string>> {
  if (template.preProvisioningHook === undefined) return request.parameters;
  const overrides = await callHook(ports, template.preProvisioningHook.targetArn, {
    claimCertificateId: request.connection.principalId,
    certificateId: certificate.certificateId,
    certificatePem: certificate.certificatePem,
    templateArn: template.templateArn,
    clientId: request.connection.clientId,
    parameters: Object.fromEntries(request.parameters),
  });
  return new Map([...request.parameters, ...overrides]);
}

function answerTo({ thing, deviceConfiguration }: ProvisioningPlan, behaviour: IotBehaviour): ProvisioningAnswer['payload'] {
  const hasConfiguration = Object.keys(deviceConfiguration).length > 0 || behaviour['provisioning.configuration-when-absent'] === 'empty';
  const thingName = thing?.thingName ?? (behaviour['provisioning.thing-name-when-absent'] === 'empty' ? '' : undefined);
  return { ...(hasConfiguration ? { deviceConfiguration } : {}), ...(thingName === undefined ? {} : { thingName }) };
}

async function provision(ports: RegisterThingPorts, request: RegisterThingRequest, subject: Subject): Promise<ProvisioningAnswer> {
  const { account, behaviour } = ports;
  const { template, redemption } = subject;
  const { certificate } = redemption;
  const { certificateId } = certificate;
  const parameters = await admittedParameters(ports, request, subject);
  // The hook took its time; what an operator did to the certificate meanwhile is not undone.
  redemption.checkCertificate();
  const plan = planFor(ports.readTemplate(template.templateBody), { parameters, certificateId, account, behaviour });
  const controlPlane = controlPlaneOf(ports, template.provisioningRoleArn);
  await applyPlan({ controlPlane, behaviour }, plan, certificate);
  return { certificateId, payload: answerTo(plan, behaviour) };
}

/** Uses the token up on success and ends its redemption on failure. */
async function settle(redemption: Redemption, run: () => Promise<ProvisioningAnswer>): Promise<ProvisioningAnswer> {
  try {
    const answer = await run();
    redemption.succeed();
    return answer;
  } catch (error) {
    redemption.fail();
    throw error instanceof ProvisioningRefusal ? error.about(redemption.certificate.certificateId) : error;
  }
}

/**
 * `$aws/provisioning-templates/<name>/provision/<format>` (DG:fleet-provision-api). The token is judged before the hook is
 * called, because the hook is told the certificate that it proves.
 */
export const registerThing = (ports: RegisterThingPorts): Exchange => ({
  operation: 'RegisterThing',
  members: ['certificateOwnershipToken', 'parameters'],
  answer: async (request) => {
    const token = readStringMember(request.body, 'certificateOwnershipToken') ?? '';
    if (token === '') throw new ProvisioningRefusal('token-empty', { log: 'The request has no certificateOwnershipToken' });
    const parameters = readParameters(request.body);
    const template = usableTemplate(ports, request.templateName);
    const redemption = ports.tokens.redeem(token, request.connection);
    return settle(redemption, () => provision(ports, { ...request, parameters }, { template, redemption }));
  },
  describe: (templateName) => ({ eventType: 'ProvisionDevice', provisioningTemplateName: templateName }),
});
