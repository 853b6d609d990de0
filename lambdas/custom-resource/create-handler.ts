import { type Fulfilment, answer, type Outcome } from './answer.ts';
import { type CustomResourceRequest, parseRequest } from './request.ts';

/** Makes it so. */
export type Fulfil = (request: CustomResourceRequest) => Promise<Fulfilment>;

/** A function behind a type of custom resources: does what CloudFormation asks and always answers it. */
export const createHandler =
  (fulfil: Fulfil) =>
  async (event: unknown): Promise<void> => {
    const request = parseRequest(event);
    await answer(request, await attempt(request, fulfil));
  };

const attempt = async (request: CustomResourceRequest, fulfil: Fulfil): Promise<Outcome> => {
  try {
    return await fulfil(request);
  } catch (error) {
    return { failure: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };
  }
};
