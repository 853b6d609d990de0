import { ResourceNotFoundException } from '@aws-sdk/client-iot';

/** What AWS IoT answers, or `undefined` when it says that there is no such thing. */
export const unlessGone = async <Answer>(request: Promise<Answer>): Promise<Answer | undefined> => {
  try {
    return await request;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
};
