import type { PendingCertificate, ProvisioningRegistry, ProvisioningTemplateView } from '../provisioning-registry.ts';
import { applyPlan } from './apply-plan.ts';
import type { EffectPorts } from './apply-plan.ts';
import type { Exchange, ProvisioningAnswer, ProvisioningRequest } from './exchange.ts';
import type { OwnershipTokens, Redemption } from './ownership-tokens.ts';
import { callHook } from './pre-provisioning-hook.ts';
import type { HookCaller } from './pre-provisioning-hook.ts';
import { ProvisioningRefusal } from './refusal.ts';
import { readParameters, readRequestObject, readStringMember } from './request-body.ts';
import { EvaluationFailure } from './template/evaluate-functions.ts';
import { evaluateTemplate } from './template/evaluate-template.ts';
import type { ProvisioningPlan } from './template/evaluate-template.ts';
import { parseTemplateBody } from './template/parse-template.ts';

export interface RegisterThingPorts extends HookCaller, EffectPorts {
  readonly registry: Pick<ProvisioningRegistry, 'provisioningTemplate' | 'settlePendingCertificate'>;
  readonly tokens: OwnershipTokens;
}

function usableTemplate(registry: RegisterThingPorts['registry'], templateName: string): ProvisioningTemplateView {
  const template = registry.provisioningTemplate(templateName);
  if (template === undefined) throw new ProvisioningRefusal('template-unknown', { log: `There is no template ${templateName}` });
  if (template.type !== 'FLEET_PROVISIONING') {
    throw new ProvisioningRefusal('template-of-other-type', { log: `The template ${templateName} is of type ${template.type}` });
  }
  if (!template.enabled) throw new ProvisioningRefusal('template-disabled', { log: `The template ${templateName} is not enabled` });
  return template;
}

/** The device's parameters with the hook's overrides added; the device's own when the template has no hook. */
async function admittedParameters(
  ports: RegisterThingPorts,
  request: ProvisioningRequest & { readonly parameters: ReadonlyMap<string, string> },
  subject: { readonly template: ProvisioningTemplateView; readonly certificate: PendingCertificate },
): Promise<ReadonlyMap<string, string>> {
  const { template, certificate } = subject;
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

function plan(template: ProvisioningTemplateView, parameters: ReadonlyMap<string, string>, certificateId: string): ProvisioningPlan {
  try {
    return evaluateTemplate(parseTemplateBody(template.templateBody), parameters, certificateId);
  } catch (error) {
    if (!(error instanceof EvaluationFailure)) throw error;
    const { message, missingParameter } = error;
    if (missingParameter === undefined) throw new ProvisioningRefusal('template-evaluation-failed', { log: message, device: message });
    throw new ProvisioningRefusal('parameter-missing', { log: message, device: missingParameter });
  }
}

async function provision(
  ports: RegisterThingPorts,
  request: ProvisioningRequest & { readonly parameters: ReadonlyMap<string, string> },
  subject: { readonly template: ProvisioningTemplateView; readonly certificate: PendingCertificate },
): Promise<ProvisioningAnswer> {
  const { template, certificate } = subject;
  const parameters = await admittedParameters(ports, request, subject);
  const planned = plan(template, parameters, certificate.certificateId);
  await applyPlan(ports, planned, certificate);
  // Assumed: deviceConfiguration is {} when the template has none, thingName is absent when the template makes no thing.
  const thing = planned.thing === undefined ? {} : { thingName: planned.thing.thingName };
  return { certificateId: certificate.certificateId, payload: { deviceConfiguration: planned.deviceConfiguration, ...thing } };
}

/** Uses the token up on success and gives it back on failure. */
async function settle(redemption: Redemption, run: () => Promise<ProvisioningAnswer>): Promise<ProvisioningAnswer> {
  try {
    const answer = await run();
    redemption.succeed();
    return answer;
  } catch (error) {
    redemption.release();
    throw error instanceof ProvisioningRefusal ? error.about(redemption.certificate.certificateId) : error;
  }
}

/** `$aws/provisioning-templates/<name>/provision/<format>` (DG:fleet-provision-api). The hook is called after the token was accepted (assumed). */
export const registerThing = (ports: RegisterThingPorts): Exchange => ({
  operation: 'RegisterThing',
  answer: async (request) => {
    const body = readRequestObject(request.body);
    const token = readStringMember(body, 'certificateOwnershipToken') ?? '';
    if (token === '') throw new ProvisioningRefusal('token-empty', { log: 'The request has no certificateOwnershipToken' });
    const parameters = readParameters(body);
    const template = usableTemplate(ports.registry, request.templateName);
    const redemption = ports.tokens.redeem(token);
    const { certificate } = redemption;
    return settle(redemption, () => provision(ports, { ...request, parameters }, { template, certificate }));
  },
  describe: (templateName) => ({ eventType: 'ProvisionDevice', provisioningTemplateName: templateName }),
});
