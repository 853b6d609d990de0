import type { ThingGroupPolicies } from '../../aws/thing-group-policies.ts';
import { answer, type Outcome } from './answer.ts';
import { fulfil } from './fulfil.ts';
import { type CustomResourceRequest, parseRequest } from './request.ts';

/** The function behind `Custom::MusterGroupPolicy`: does what CloudFormation asks and always answers it. */
export const createHandler =
  (groupPolicies: ThingGroupPolicies) =>
  async (event: unknown): Promise<void> => {
    const request = parseRequest(event);
    await answer(request, await attempt(request, groupPolicies));
  };

const attempt = async (request: CustomResourceRequest, groupPolicies: ThingGroupPolicies): Promise<Outcome> => {
  try {
    return { physicalId: await fulfil(request, groupPolicies) };
  } catch (error) {
    return { failure: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };
  }
};
