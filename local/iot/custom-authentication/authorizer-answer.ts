import * as z from 'zod';
import { AwsError } from '../../aws-error.ts';
import type { PolicyDocument } from '../../policy/policy-document.ts';
import type { IotBehaviour } from '../behaviour/behaviour.ts';
import { parseIotPolicy } from '../policy/parse-iot-policy.ts';

/** What an authorizer's function said of a client that it lets in. */
export interface Admission {
  readonly principalId: string;
  /** As text, and as the policy engine takes them. */
  readonly policyDocuments: readonly string[];
  readonly policies: readonly PolicyDocument[];
  readonly refreshAfterSeconds: number;
  readonly disconnectAfterSeconds: number;
}

export type AuthorizerAnswer =
  | { readonly kind: 'admitted'; readonly admission: Admission }
  | { readonly kind: 'denied' }
  | { readonly kind: 'invalid'; readonly problem: string };

/** DG:custom-auth-lambda. */
const maximumDocuments = 10;
const maximumDocumentCharacters = 2048;
const shortestSeconds = 300;
const longestSeconds = 86_400;

const documentText = z
  .union([z.string(), z.record(z.string(), z.unknown()).transform((document) => JSON.stringify(document))])
  .check(z.maxLength(maximumDocumentCharacters, `longer than ${maximumDocumentCharacters} characters`));

const answerSchema = (behaviour: IotBehaviour, isPolicyOptional: boolean) => {
  const shortest = behaviour['custom-authentication.short-times'] === 'refuse' ? shortestSeconds : 1;
  const seconds = z.int().min(shortest).max(longestSeconds);
  const documents = z.array(documentText).max(maximumDocuments);
  return z.object({
    principalId: z.string().regex(/^[a-zA-Z0-9]{1,128}$/, 'must be 1 to 128 letters and digits'),
    policyDocuments: isPolicyOptional ? documents.default([]) : documents,
    refreshAfterInSeconds: seconds.default(behaviour['custom-authentication.refresh-by-default-seconds']),
    disconnectAfterInSeconds: seconds.default(longestSeconds),
  });
};

const verdictSchema = z.object({ isAuthenticated: z.boolean() });

const invalid = (problem: string): AuthorizerAnswer => ({ kind: 'invalid', problem });

/** @throws AwsError `MalformedPolicyException` */
const admissionOf = (answer: z.output<ReturnType<typeof answerSchema>>): Admission => ({
  principalId: answer.principalId,
  policyDocuments: answer.policyDocuments,
  policies: answer.policyDocuments.map((text) => parseIotPolicy(text)),
  refreshAfterSeconds: answer.refreshAfterInSeconds,
  disconnectAfterSeconds: answer.disconnectAfterInSeconds,
});

/**
 * Judges what the function returned. `certificateId`: of the client certificate that the connection was authenticated by
 * before; the answer must then repeat it, and policies are optional beside the certificate's own (DG:custom-auth-509cert).
 */
export const readAnswer = (payload: unknown, behaviour: IotBehaviour, certificateId: string | undefined): AuthorizerAnswer => {
  const verdict = verdictSchema.safeParse(payload);
  if (!verdict.success) return invalid(z.prettifyError(verdict.error));
  if (!verdict.data.isAuthenticated) return { kind: 'denied' };
  const parsed = answerSchema(behaviour, certificateId !== undefined).safeParse(payload);
  if (!parsed.success) return invalid(z.prettifyError(parsed.error));
  if (certificateId !== undefined && parsed.data.principalId !== certificateId) {
    return invalid(`principalId must be ${certificateId}, the id of the client's certificate`);
  }
  try {
    return { kind: 'admitted', admission: admissionOf(parsed.data) };
  } catch (error) {
    if (error instanceof AwsError) return invalid(error.message);
    throw error;
  }
};
