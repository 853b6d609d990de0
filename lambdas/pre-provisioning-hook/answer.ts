import type { Verdict } from '../../domain/admission.ts';
import { type Deployment, type HookParameters, hookParametersFor } from '../../domain/admission/provisioning-contract.ts';

/** What AWS IoT is told (DG:pre-provisioning-hook). A refusal says nothing else, whatever its reason. */
export type HookAnswer =
  | { readonly allowProvisioning: true; readonly parameterOverrides: HookParameters }
  | { readonly allowProvisioning: false };

export const answerOf = (deployment: Deployment, verdict: Verdict): HookAnswer =>
  verdict.verdict === 'admit'
    ? { allowProvisioning: true, parameterOverrides: hookParametersFor(deployment, verdict.enrollment, verdict.allocation) }
    : { allowProvisioning: false };
