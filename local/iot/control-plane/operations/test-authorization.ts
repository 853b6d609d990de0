import type { TestAuthorizationRequest, TestAuthorizationResponse } from '@aws-sdk/client-iot';
import type { ContextLookup } from '../../../policy/match-pattern.ts';
import { certificateVariables } from '../../policy/certificate-variables.ts';
import { parseIotPolicy } from '../../policy/parse-iot-policy.ts';
import { policyVariables } from '../../policy/policy-variables.ts';
import { invalidRequest } from '../../refusals.ts';
import { findPolicy } from '../../registry/find.ts';
import { findPrincipal } from '../../registry/principals.ts';
import { nameInArn } from '../../registry/resource-name.ts';
import type { ValidInput } from '../../valid-input.ts';
import { type TriedPolicy, tryAuthorization } from '../authorization-trial.ts';
import { effectivePolicy, groupArnsOf, policyNamesOn } from '../effective-policies.ts';
import type { IotOperation, IotServices } from '../operation.ts';

type Input = ValidInput<TestAuthorizationRequest>;

/** SM AuthInfos. */
const maximumAuthInfos = 10;

/** The certificate and the thing that a connection with that client id would stand for. */
const deviceOf = ({ registry, directory }: IotServices, { principal, clientId = '' }: Input) => {
  const arn = principal === undefined ? undefined : findPrincipal(registry, principal);
  const certificateId = arn === undefined ? undefined : nameInArn(registry, 'cert', arn);
  const thing = certificateId === undefined ? undefined : directory.associatedThing(certificateId, clientId);
  return { arn, certificateId, thing };
};

const policiesFor = ({ registry }: IotServices, input: Input, device: ReturnType<typeof deviceOf>): readonly TriedPolicy[] => {
  const { policyNamesToAdd = [], policyNamesToSkip = [] } = input;
  for (const name of policyNamesToAdd) findPolicy(registry, name);
  const groups = device.thing === undefined ? [] : groupArnsOf(registry, device.thing.thingName);
  const names = new Set([...policyNamesOn(registry, [...(device.arn === undefined ? [] : [device.arn]), ...groups]), ...policyNamesToAdd]);
  return [...names]
    .filter((name) => !policyNamesToSkip.includes(name))
    .flatMap((name) => effectivePolicy(registry, name) ?? [])
    .map(({ policyDocument, ...named }) => ({ ...named, document: parseIotPolicy(policyDocument) }));
};

/** No connection is there, so keys about it have no value (SDK AuthResult, `missingContextValues`). */
const contextFor = ({ registry, directory }: IotServices, input: Input, device: ReturnType<typeof deviceOf>): ContextLookup => {
  const { certificateId, thing } = device;
  const subject = { certificateId, clientId: input.clientId ?? '', thing, sourceIp: '' };
  const certificate = certificateVariables(() => (certificateId === undefined ? undefined : directory.certificatePem(certificateId)));
  const source = { account: registry.account, nowMs: registry.clock.now(), certificate };
  return policyVariables(subject, { action: 'iot:Connect', name: subject.clientId }, source);
};

/** Whether a device might do something, and by which policies; asks the policies as they stand, without the broker's delay. */
export const testAuthorization: IotOperation<TestAuthorizationRequest, TestAuthorizationResponse> = (services, input) => {
  const { authInfos } = input;
  if (authInfos.length === 0 || authInfos.length > maximumAuthInfos) {
    throw invalidRequest(`authInfos has 1 to ${maximumAuthInfos} members, not ${authInfos.length}.`);
  }
  if (input.principal === undefined && input.cognitoIdentityPoolId === undefined) {
    throw invalidRequest('principal or cognitoIdentityPoolId is required.');
  }
  const device = deviceOf(services, input);
  const policies = policiesFor(services, input, device);
  const context = contextFor(services, input, device);
  return { authResults: authInfos.map((authInfo) => tryAuthorization(policies, authInfo, context)) };
};
