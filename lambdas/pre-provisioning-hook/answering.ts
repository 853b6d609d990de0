import type { Deployment } from '../../domain/provisioning-contract.ts';
import { answerOf } from './answer.ts';
import type { VerdictRequest } from '../middleware/verdict-request.ts';

/** Replaces the verdict by the answer, and so keeps to ourselves why a device was refused. */
export const answering = (deployment: Deployment) => {
  const answer = ({ response }: VerdictRequest) => answerOf(deployment, response);
  return { after: answer, onError: answer };
};
