import type { TestInvokeAuthorizerRequest, TestInvokeAuthorizerResponse } from '@aws-sdk/client-iot';
import { askAuthorizer } from '../../custom-authentication/custom-authentication.ts';
import type { Presented } from '../../custom-authentication/presented.ts';
import { invalidRequest, invalidResponse, unauthorized } from '../../refusals.ts';
import type { ValidInput } from '../../valid-input.ts';
import { findAuthorizer } from '../authorizer-rules.ts';
import type { IotOperation } from '../operation.ts';

const presentedBy = (input: ValidInput<TestInvokeAuthorizerRequest>, connectionId: string): Presented => {
  const { tlsContext: tls, httpContext: http, mqttContext: mqtt, token, tokenSignature } = input;
  // A blob travels as base64 in JSON.
  const password = mqtt?.password === undefined ? undefined : Buffer.from(String(mqtt.password), 'base64');
  return {
    connectionId,
    signedToken: token === undefined && tokenSignature === undefined ? undefined : { token, signature: tokenSignature },
    ...(tls === undefined ? {} : { tls: { serverName: tls.serverName } }),
    ...(http === undefined ? {} : { http: { headers: http.headers ?? {}, queryString: http.queryString } }),
    ...(mqtt === undefined ? {} : { mqtt: { username: mqtt.username, password, clientId: mqtt.clientId } }),
  };
};

/** Calls an authorizer's function as an endpoint would, and answers what it answered, if that was in order. */
export const testInvokeAuthorizer: IotOperation<TestInvokeAuthorizerRequest, TestInvokeAuthorizerResponse> = async (services, input) => {
  const { registry, behaviour, invoker } = services;
  const { account, clock } = registry;
  const authorizer = findAuthorizer(registry, input.authorizerName);
  const verdict = await askAuthorizer({ account, clock, invoker, behaviour }, authorizer, presentedBy(input, registry.newId()));
  if (verdict.isAuthenticated) {
    const { principalId, policyDocuments, refreshAfterSeconds, disconnectAfterSeconds } = verdict.admission;
    const times = { refreshAfterInSeconds: refreshAfterSeconds, disconnectAfterInSeconds: disconnectAfterSeconds };
    return { isAuthenticated: true, principalId, policyDocuments: [...policyDocuments], ...times };
  }
  const problem = verdict.problem ?? 'The authorizer does not let the client in.';
  if (verdict.reason === 'NOT_AUTHENTICATED') return { isAuthenticated: false };
  if (verdict.reason !== 'CUSTOM_AUTHORIZER_PARAMETER_INVALID') throw invalidResponse(problem);
  const isInvalid = behaviour['authorizer.test-refuses-signature-with'] === 'InvalidRequestException';
  throw isInvalid ? invalidRequest(problem) : unauthorized(problem);
};
