import {
  AttachPolicyCommand,
  type AuthInfo,
  CreateKeysAndCertificateCommand,
  CreatePolicyCommand,
  GetEffectivePoliciesCommand,
  TestAuthorizationCommand,
  TestInvokeAuthorizerCommand,
  type TestInvokeAuthorizerCommandInput,
} from '@aws-sdk/client-iot';

import { admission, AuthorizerWorld, makeSigner } from './authorizer-world.ts';
import { assumed, documented } from './fact.ts';

let world: AuthorizerWorld;
beforeAll(async () => {
  world = await AuthorizerWorld.start();
});
afterAll(() => world.stop());

const certificateWith = async (...Statement: readonly object[]): Promise<{ readonly principal: string; readonly policyName: string }> => {
  const policyName = world.unique('policy');
  const { certificateArn: principal = '' } = await world.iot.send(new CreateKeysAndCertificateCommand({ setAsActive: true }));
  await world.iot.send(new CreatePolicyCommand({ policyName, policyDocument: JSON.stringify({ Version: '2012-10-17', Statement }) }));
  await world.iot.send(new AttachPolicyCommand({ policyName, target: principal }));
  return { principal, policyName };
};

const publish = (...topics: readonly string[]): AuthInfo => ({
  actionType: 'PUBLISH',
  resources: topics.map((topic) => world.arn(`topic/${topic}`)),
});

const decide = async (principal: string, authInfo: AuthInfo, clientId?: string) => {
  const { authResults } = await world.iot.send(new TestAuthorizationCommand({ principal, clientId, authInfos: [authInfo] }));
  return authResults?.[0];
};

describe('TestAuthorization', () => {
  const reference = 'API reference, TestAuthorization';

  documented(reference, 'decides ALLOWED, IMPLICIT_DENY and EXPLICIT_DENY, and names the policies that made it so', async () => {
    const { principal, policyName } = await certificateWith(
      { Effect: 'Allow', Action: 'iot:Publish', Resource: world.arn('topic/a/*') },
      { Effect: 'Deny', Action: 'iot:Publish', Resource: world.arn('topic/a/secret') },
    );
    const named = { policies: [{ policyName, policyArn: world.arn(`policy/${policyName}`) }] };
    expect(await decide(principal, publish('a/open'))).toMatchObject({ authDecision: 'ALLOWED', allowed: named });
    expect(await decide(principal, publish('a/secret'))).toMatchObject({ authDecision: 'EXPLICIT_DENY', denied: { explicitDeny: named } });
    expect(await decide(principal, publish('b'))).toMatchObject({ authDecision: 'IMPLICIT_DENY', denied: { implicitDeny: named } });
  });

  documented(reference, 'names the context values that are missing', async () => {
    const Resource = world.arn('topic/${iot:ClientId}');
    const { principal } = await certificateWith({ Effect: 'Allow', Action: 'iot:Publish', Resource });
    expect(await decide(principal, publish('lamp'))).toMatchObject({
      authDecision: 'IMPLICIT_DENY',
      missingContextValues: ['iot:ClientId'],
    });
    expect(await decide(principal, publish('lamp'), 'lamp')).toMatchObject({ authDecision: 'ALLOWED', missingContextValues: [] });
  });

  documented('API reference, GetEffectivePolicies', 'asks the policies that GetEffectivePolicies lists', async () => {
    const { principal, policyName } = await certificateWith({ Effect: 'Allow', Action: 'iot:Connect', Resource: '*' });
    const { effectivePolicies } = await world.iot.send(new GetEffectivePoliciesCommand({ principal }));
    expect(effectivePolicies).toEqual([
      { policyName, policyArn: world.arn(`policy/${policyName}`), policyDocument: expect.stringContaining('iot:Connect') as string },
    ]);
  });
});

describe('TestInvokeAuthorizer', () => {
  const reference = 'API reference, TestInvokeAuthorizer';
  const signer = makeSigner();
  const invoke = (authorizerName: string, more: Partial<TestInvokeAuthorizerCommandInput> = {}) =>
    world.iot.send(new TestInvokeAuthorizerCommand({ authorizerName, ...more }));
  const signing = { tokenKeyName: 'my-token', tokenSigningPublicKeys: { first: signer.publicKey } };

  documented(reference, 'answers what the function answered, policies as text', async () => {
    const { authorizerName } = await world.authorizer(
      'return { ...admission, refreshAfterInSeconds: 600, disconnectAfterInSeconds: 900 };',
    );
    expect(await invoke(authorizerName)).toMatchObject({
      ...{ isAuthenticated: true, principalId: admission.principalId, refreshAfterInSeconds: 600, disconnectAfterInSeconds: 900 },
      policyDocuments: admission.policyDocuments.map((each) => JSON.stringify(each)),
    });
  });

  documented(
    'IoT developer guide, "Testing your authorizers"',
    'hands the contexts on, and the token with its signature verified',
    async () => {
      const { authorizerName, FunctionName } = await world.authorizer('return admission;', signing);
      await invoke(authorizerName, {
        ...{ token: 'token', tokenSignature: signer.signature('token') },
        tlsContext: { serverName: 'iot.example.com' },
        httpContext: { headers: { colour: 'red' }, queryString: '?a=b' },
        mqttContext: { username: 'lamp', password: Buffer.from('secret'), clientId: 'lamp-1' },
      });
      expect(await world.events(FunctionName)).toMatchObject([
        {
          ...{ token: 'token', signatureVerified: true, protocols: ['tls', 'http', 'mqtt'] },
          protocolData: {
            tls: { serverName: 'iot.example.com' },
            http: { headers: { colour: 'red' }, queryString: '?a=b' },
            mqtt: { username: 'lamp', password: 'c2VjcmV0', clientId: 'lamp-1' },
          },
        },
      ]);
    },
  );

  documented(reference, 'refuses an invalid answer with InvalidResponseException', async () => {
    const { authorizerName } = await world.authorizer("return { ...admission, principalId: 'with-dash' };");
    await expect(invoke(authorizerName)).rejects.toMatchObject({ name: 'InvalidResponseException', $metadata: { httpStatusCode: 400 } });
  });

  assumed('authorizer.test-refuses-signature-with', 'refuses a token that is not signed with InvalidRequestException', async () => {
    const { authorizerName, FunctionName } = await world.authorizer('return admission;', signing);
    const wrong = { token: 'token', tokenSignature: makeSigner().signature('token') };
    await expect(invoke(authorizerName, wrong)).rejects.toMatchObject({ name: 'InvalidRequestException' });
    await expect(invoke(authorizerName)).rejects.toMatchObject({ name: 'InvalidRequestException' });
    await expect(world.events(FunctionName)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });
});
