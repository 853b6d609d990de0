import { createHash } from 'node:crypto';
import { AwsError } from '../../aws-error.ts';
import type { ControlPlaneClient } from '../control-plane-client.ts';
import type { PendingCertificate, ProvisioningRegistry } from '../provisioning-registry.ts';
import { ProvisioningRefusal } from './refusal.ts';
import type { PlannedPolicy, ProvisioningPlan } from './template/evaluate-template.ts';
import { applyThing } from './thing-effects.ts';

export interface EffectPorts {
  readonly controlPlane: ControlPlaneClient;
  readonly registry: Pick<ProvisioningRegistry, 'settlePendingCertificate'>;
}

/** Runs one step; what AWS IoT refuses in it becomes a refusal that names the step. */
async function step(name: string, run: () => Promise<void> | void): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    throw new ProvisioningRefusal('registration-failed', { log: `The step "${name}" failed: ${error.code}: ${error.message}` });
  }
}

/** The policy's name, the policy being made if need be. DG:provision-template: the default name is a hash of the document. */
async function ensurePolicy(controlPlane: ControlPlaneClient, policy: PlannedPolicy): Promise<string> {
  if (policy.kind === 'existing') return policy.policyName;
  const policyName = createHash('sha256').update(policy.policyDocument).digest('hex');
  try {
    await controlPlane.call('CreatePolicy', { policyName, policyDocument: policy.policyDocument });
  } catch (error) {
    if (!(error instanceof AwsError) || error.code !== 'ResourceAlreadyExistsException') throw error;
  }
  return policyName;
}

/**
 * Carries a plan out: thing, policies, attachments, certificate status, in this order (DG:jit-provisioning, assumed the same
 * here). Not a transaction: what was done before a failing step stays, and the certificate stays `PENDING_ACTIVATION`.
 * @throws ProvisioningRefusal naming the step that failed
 */
export async function applyPlan(ports: EffectPorts, plan: ProvisioningPlan, certificate: PendingCertificate): Promise<void> {
  const { controlPlane, registry } = ports;
  const { thing } = plan;
  if (thing !== undefined) await step(`thing ${thing.thingName}`, () => applyThing(controlPlane, thing));
  for (const policy of plan.policies) {
    await step('policy', async () => {
      const policyName = await ensurePolicy(controlPlane, policy);
      await controlPlane.call('AttachPolicy', { policyName, target: certificate.certificateArn });
    });
  }
  if (thing !== undefined) {
    await step('attach the certificate to the thing', async () => {
      const attachment = { thingName: thing.thingName, principal: certificate.certificateArn, thingPrincipalType: plan.thingPrincipalType };
      await controlPlane.call('AttachThingPrincipal', attachment);
    });
  }
  await step(`certificate ${plan.status}`, () => {
    registry.settlePendingCertificate(certificate.certificateId, plan.status);
  });
}
