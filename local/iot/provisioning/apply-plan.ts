import { createHash } from 'node:crypto';
import { AwsError } from '../../aws-error.ts';
import type { IotBehaviour } from '../behaviour/behaviour.ts';
import type { ControlPlaneClient } from '../control-plane-client.ts';
import type { PendingCertificate } from '../provisioning-registry.ts';
import { ProvisioningRefusal } from './refusal.ts';
import type { PlannedPolicy, ProvisioningPlan } from './template/evaluate-template.ts';
import { applyThing } from './thing-effects.ts';

export interface EffectPorts {
  /** Acts with the template's role. */
  readonly controlPlane: ControlPlaneClient;
  readonly behaviour: IotBehaviour;
}

type Effect = IotBehaviour['provisioning.effects-order'][number];

interface Step {
  readonly name: string;
  readonly run: () => Promise<unknown>;
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

async function attachPolicy(controlPlane: ControlPlaneClient, policy: PlannedPolicy, target: string): Promise<void> {
  const policyName = await ensurePolicy(controlPlane, policy);
  await controlPlane.call('AttachPolicy', { policyName, target });
}

function stepsOf(
  { controlPlane, behaviour }: EffectPorts,
  plan: ProvisioningPlan,
  certificate: PendingCertificate,
): Readonly<Record<Effect, readonly Step[]>> {
  const { thingPrincipalType, status } = plan;
  const things = plan.thing === undefined ? [] : [plan.thing];
  const { certificateId, certificateArn } = certificate;
  const call = (operation: string, input: Readonly<Record<string, unknown>>) => () => controlPlane.call(operation, input);
  return {
    thing: things.map((thing) => ({ name: `thing ${thing.thingName}`, run: () => applyThing({ controlPlane, behaviour }, thing) })),
    policies: plan.policies.map((policy) => ({ name: 'policy', run: () => attachPolicy(controlPlane, policy, certificateArn) })),
    attachment: things.map(({ thingName }) => ({
      name: `attachment to thing ${thingName}`,
      run: call('AttachThingPrincipal', { thingName, principal: certificateArn, thingPrincipalType }),
    })),
    status: [{ name: `certificate ${status}`, run: call('UpdateCertificate', { certificateId, newStatus: status }) }],
  };
}

/** Runs one step; what the control plane refuses in it becomes a refusal that names the step. */
async function perform({ name, run }: Step): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    throw new ProvisioningRefusal('registration-failed', { log: `The step "${name}" failed: ${error.code}: ${error.message}` });
  }
}

/**
 * Carries a plan out. Not a transaction: what was done before a failing step stays.
 * @throws ProvisioningRefusal naming the step that failed
 */
export async function applyPlan(ports: EffectPorts, plan: ProvisioningPlan, certificate: PendingCertificate): Promise<void> {
  const steps = stepsOf(ports, plan, certificate);
  for (const effect of ports.behaviour['provisioning.effects-order']) {
    for (const step of steps[effect]) await perform(step);
  }
}
