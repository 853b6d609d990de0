import { PutFunctionConcurrencyCommand } from '@aws-sdk/client-lambda';
import { UpdateAuthorizerCommand } from '@aws-sdk/client-iot';

import { AuthorizerWorld, named, makeSigner, principalIn } from './authorizer-world.ts';
import { assumed, documented } from './fact.ts';

let world: AuthorizerWorld;
beforeAll(async () => {
  world = await AuthorizerWorld.start();
});
afterEach(() => world.retireAuthorizers());
afterAll(() => world.stop());

const guide = 'IoT developer guide, "Custom authentication"';
const workflow = 'IoT developer guide, "Understanding the custom authentication workflow"';

describe('The authorizer that is asked', () => {
  documented(guide, 'is the one that the query string of the user name asks for', async () => {
    const { authorizerName } = await world.authorizer();
    expect(await world.attempt(named(authorizerName))).toBe(0);
  });

  documented(workflow, 'is the account’s default where nobody names one', async () => {
    const { authorizerName } = await world.authorizer(principalIn('ofAccount'));
    const [before, after] = [world.unique(), world.unique()];
    expect(await world.attempt('lamp', { clientId: before })).toBe('closed');
    expect(world.whyRefused(before)).toBe('CUSTOM_AUTHORIZER_NOT_FOUND');
    await world.makeDefault(authorizerName);
    expect(await world.attempt('lamp', { clientId: after })).toBe(0);
    expect(world.principalOf(after)).toBe('ofAccount');
    await world.clearDefault();
  });

  documented(
    'API reference, AuthorizerConfig',
    'is the endpoint’s default, which a client may replace only where that is allowed',
    async () => {
      const ofDomain = await world.authorizer(principalIn('ofDomain'));
      const other = await world.authorizer(principalIn('other'));
      const custom = { authenticationType: 'CUSTOM_AUTH', applicationProtocol: 'SECURE_MQTT' } as const;
      const config = { defaultAuthorizerName: ofDomain.authorizerName };
      const fixed = await world.domain({ ...custom, authorizerConfig: { ...config, allowAuthorizerOverride: false } });
      const open = await world.domain({ ...custom, authorizerConfig: { ...config, allowAuthorizerOverride: true } });
      const asked = async (servername: string, username: string): Promise<unknown> => {
        const clientId = world.unique();
        expect(await world.attempt(username, { clientId, tls: { servername } })).toBe(0);
        return world.principalOf(clientId);
      };
      expect(await asked(fixed.serverName, 'lamp')).toBe('ofDomain');
      expect(await asked(fixed.serverName, named(other.authorizerName))).toBe('ofDomain');
      expect(await asked(open.serverName, 'lamp')).toBe('ofDomain');
      expect(await asked(open.serverName, named(other.authorizerName))).toBe('other');
    },
  );

  assumed('domain-configuration.override-by-default', 'is not replaced where the endpoint does not say that it may be', async () => {
    const ofDomain = await world.authorizer(principalIn('ofDomain'));
    const other = await world.authorizer(principalIn('other'));
    const { serverName: servername } = await world.domain({ authorizerConfig: { defaultAuthorizerName: ofDomain.authorizerName } });
    const clientId = world.unique();
    expect(await world.attempt(named(other.authorizerName), { clientId, tls: { servername } })).toBe(0);
    expect(world.principalOf(clientId)).toBe('ofDomain');
  });

  documented('API reference, AuthorizerDescription', 'must be active', async () => {
    const { authorizerName } = await world.authorizer();
    await world.iot.send(new UpdateAuthorizerCommand({ authorizerName, status: 'INACTIVE' }));
    const clientId = world.unique();
    expect(await world.attempt(named(authorizerName), { clientId })).toBe('closed');
    expect(world.whyRefused(clientId)).toBe('CUSTOM_AUTHORIZER_NOT_FOUND');
  });

  documented(
    'IoT developer guide, "Authorizing AWS IoT to invoke your Lambda function"',
    'needs permission for just that authorizer',
    async () => {
      const { authorizerName, FunctionName } = await world.authorizer('return admission;', { isPermitted: false });
      const clientId = world.unique();
      expect(await world.attempt(named(authorizerName), { clientId })).toBe('closed');
      expect(world.whyRefused(clientId)).toBe('CUSTOM_AUTHORIZER_LAMBDA_EXECUTION_ERROR');
      await world.permit(FunctionName, world.arn('authorizer/another'));
      expect(await world.attempt(named(authorizerName))).toBe('closed');
      await world.permit(FunctionName, world.arn(`authorizer/${authorizerName}`));
      expect(await world.attempt(named(authorizerName))).toBe(0);
    },
  );
});

describe('A function with reserved concurrency', () => {
  documented(
    'Lambda developer guide, "Configuring reserved concurrency"',
    'judges so many clients at once, and no other gets in',
    async () => {
      const { authorizerName, FunctionName } = await world.authorizer(
        'await new Promise((done) => setTimeout(done, 500)); return admission;',
      );
      await world.lambda.send(new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions: 1 }));
      const clientIds = [world.unique('first'), world.unique('second')];
      const outcomes = await Promise.all(clientIds.map((clientId) => world.attempt(named(authorizerName), { clientId })));
      expect([...outcomes].sort()).toEqual([0, 'closed']);
      const refused = clientIds[outcomes.indexOf('closed')] ?? '';
      expect(world.whyRefused(refused)).toBe('CUSTOM_AUTHORIZER_LAMBDA_EXECUTION_ERROR');
      expect(await world.attempt(named(authorizerName))).toBe(0);
    },
  );
});

describe('The door', () => {
  documented(
    'IoT developer guide, "Device communication protocols"',
    'is port 443 with ALPN mqtt: 8883 and ALPN x-amzn-mqtt-ca want a certificate',
    async () => {
      const { authorizerName } = await world.authorizer();
      const username = named(authorizerName);
      const without = { tls: { ALPNProtocols: [] } };
      expect(await world.attempt(username, { port: world.aws.mqtt.port, ...without })).toBe('closed');
      expect(await world.attempt(username, { tls: { ALPNProtocols: ['x-amzn-mqtt-ca'] } })).toBe('closed');
    },
  );

  documented('IoT developer guide, "Troubleshooting your authorizers"', 'opens only to those who ask for the endpoint by SNI', async () => {
    const { authorizerName } = await world.authorizer();
    const nameless = { servername: '', checkServerIdentity: () => undefined };
    expect(await world.attempt(named(authorizerName), { tls: nameless })).toBe('closed');
  });
});

describe('A signed token', () => {
  const signer = makeSigner();
  const signed = (authorizerName: string, token: string, signature: string): string =>
    named(authorizerName, `&x-amz-customauthorizer-signature=${encodeURIComponent(signature)}&my-token=${encodeURIComponent(token)}`);
  const withSigning = () =>
    world.authorizer('return admission;', { tokenKeyName: 'my-token', tokenSigningPublicKeys: { first: signer.publicKey } });

  documented(guide, 'lets in with the RSA signature over its SHA-256', async () => {
    const { authorizerName, FunctionName } = await withSigning();
    expect(await world.attempt(signed(authorizerName, 'tok&en', signer.signature('tok&en')))).toBe(0);
    expect(await world.events(FunctionName)).toMatchObject([{ token: 'tok&en', signatureVerified: true }]);
  });

  documented(workflow, 'whose signature does not verify stops the request without invoking the function', async () => {
    const { authorizerName, FunctionName } = await withSigning();
    const clientId = world.unique();
    expect(await world.attempt(signed(authorizerName, 'token', makeSigner().signature('token')), { clientId })).toBe('closed');
    expect(world.whyRefused(clientId)).toBe('CUSTOM_AUTHORIZER_PARAMETER_INVALID');
    expect(await world.attempt(signed(authorizerName, 'other', signer.signature('token')))).toBe('closed');
    expect(await world.attempt(named(authorizerName, '&my-token=token'))).toBe('closed');
    expect(
      await world.attempt(named(authorizerName, `&x-amz-customauthorizer-signature=${encodeURIComponent(signer.signature(''))}`)),
    ).toBe('closed');
    expect(await world.attempt(signed(authorizerName, 'token', signer.signature('token')))).toBe(0);
    expect(await world.events(FunctionName)).toHaveLength(1);
  });

  documented('API reference, CreateAuthorizer', 'may be signed by any of the authorizer’s keys', async () => {
    const { authorizerName } = await withSigning();
    const next = makeSigner();
    const tokenSigningPublicKeys = { first: signer.publicKey, second: next.publicKey };
    await world.iot.send(new UpdateAuthorizerCommand({ authorizerName, tokenSigningPublicKeys }));
    for (const each of [signer, next]) expect(await world.attempt(signed(authorizerName, 'token', each.signature('token')))).toBe(0);
  });

  documented(
    'IoT developer guide, "Custom authentication with X.509 client certificates"',
    'is handed on unverified where signing is disabled',
    async () => {
      const { authorizerName, FunctionName } = await world.authorizer('return admission;', {
        signingDisabled: true,
        tokenKeyName: 'my-token',
      });
      expect(await world.attempt(named(authorizerName, '&my-token=token'))).toBe(0);
      expect(await world.events(FunctionName)).toMatchObject([{ token: 'token', signatureVerified: false }]);
    },
  );

  assumed('custom-authentication.plus-is-space', 'whose signature has a plus sign fails when it is not URL-encoded', async () => {
    const { authorizerName } = await withSigning();
    let token = 'token';
    while (!signer.signature(token).includes('+')) token += 'n';
    const bare = named(authorizerName, `&x-amz-customauthorizer-signature=${signer.signature(token)}&my-token=${token}`);
    expect(await world.attempt(bare)).toBe('closed');
    expect(await world.attempt(signed(authorizerName, token, signer.signature(token)))).toBe(0);
  });
});
