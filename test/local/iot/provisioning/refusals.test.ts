import { beforeEach, describe, expect, test } from '@jest/globals';
import type { ProvisioningOperation } from '../../../../local/iot/provisioning/exchange.ts';
import { behaviourRows } from '../../../../local/iot/behaviour/behaviour.ts';
import type { RefusalCause } from '../../../../local/iot/provisioning/refusal.ts';
import type { InvocationResult } from '../../../../local/lambda/function-invoker.ts';
import { claim, goodCsr, ProvisioningWorld, simpleTemplate } from './provisioning-world.ts';
import type { Answer } from './provisioning-world.ts';

type Provoke = (world: ProvisioningWorld) => Promise<Answer>;

const topics: Readonly<Record<ProvisioningOperation, string>> = {
  CreateCertificateFromCsr: '$aws/certificates/create-from-csr/json',
  CreateKeysAndCertificate: '$aws/certificates/create/json',
  RegisterThing: '$aws/provisioning-templates/lamps/provision/json',
};

const send =
  (operation: ProvisioningOperation, payload: unknown): Provoke =>
  (world) =>
    world.request(topics[operation], payload);

const throttled =
  (operation: ProvisioningOperation, payload: unknown): Provoke =>
  async () => {
    const slow = new ProvisioningWorld({ requestRates: { CreateCertificateFromCsr: 1, CreateKeysAndCertificate: 1, RegisterThing: 1 } });
    await slow.request(topics[operation], payload);
    return slow.request(topics[operation], payload);
  };

const withHook =
  (hook: () => Promise<InvocationResult>): Provoke =>
  (world) => {
    world.addTemplate('lamps', simpleTemplate, { hasHook: true });
    world.hook = hook;
    return world.provision();
  };

const returning = (payload: unknown): Provoke => withHook(() => Promise.resolve({ outcome: 'returned', payload }));

const hanging: Provoke = async (world) => {
  world.addTemplate('lamps', simpleTemplate, { hasHook: true });
  const { promise, resolve } = Promise.withResolvers<InvocationResult>();
  world.hook = () => {
    // The hook is being waited for once this microtask has run.
    queueMicrotask(() => {
      world.clock.advance(5000);
    });
    return promise;
  };
  const answer = await world.provision();
  resolve({ outcome: 'returned', payload: { allowProvisioning: true } });
  return answer;
};

const deepObject = `{"parameters":${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)},"certificateOwnershipToken":"t"}`;

const withParameters =
  (parameters: unknown): Provoke =>
  (world) =>
    world.provision({ parameters });

const existingThing: Provoke = (world) => {
  world.controlPlane.things.set('lamp-S1', { thingTypeName: 'toaster', attributes: {}, groups: [] });
  const { thing, ...rest } = simpleTemplate.Resources;
  world.addTemplate('lamps', {
    ...simpleTemplate,
    Resources: { ...rest, thing: { ...thing, OverrideSettings: { ThingTypeName: 'FAIL' } } },
  });
  return world.provision();
};

/** How each row comes about: [operation, cause, what happens, how]. */
const provocations: readonly (readonly [ProvisioningOperation, RefusalCause, string, Provoke])[] = [
  [
    'CreateCertificateFromCsr',
    'malformed-payload',
    'JSON that is cut off',
    send('CreateCertificateFromCsr', '{"certificateSigningRequest"'),
  ],
  ['CreateCertificateFromCsr', 'malformed-payload', 'a list instead of an object', send('CreateCertificateFromCsr', '[]')],
  ['CreateCertificateFromCsr', 'malformed-payload', 'null', send('CreateCertificateFromCsr', 'null')],
  [
    'CreateCertificateFromCsr',
    'malformed-payload',
    'a CSR that is a number',
    send('CreateCertificateFromCsr', { certificateSigningRequest: 1 }),
  ],
  [
    'CreateCertificateFromCsr',
    'malformed-payload',
    'bytes that are no UTF-8',
    send('CreateCertificateFromCsr', Buffer.from([0x7b, 0xff, 0x7d])),
  ],
  ['CreateCertificateFromCsr', 'malformed-payload', 'more than 128 KB', send('CreateCertificateFromCsr', `{"x":"${'y'.repeat(131_072)}"}`)],
  ['CreateCertificateFromCsr', 'malformed-payload', 'lists nested 60,000 deep', send('CreateCertificateFromCsr', '['.repeat(60_000))],
  [
    'CreateCertificateFromCsr',
    'throttled',
    'one request too many',
    throttled('CreateCertificateFromCsr', { certificateSigningRequest: goodCsr }),
  ],
  [
    'CreateCertificateFromCsr',
    'internal-failure',
    'a registry that breaks',
    (world) => {
      world.registry.issuePendingCertificate = () => {
        throw new TypeError('broken');
      };
      return world.request(topics.CreateCertificateFromCsr, { certificateSigningRequest: goodCsr });
    },
  ],
  ['CreateCertificateFromCsr', 'csr-missing', 'an empty payload', send('CreateCertificateFromCsr', '')],
  ['CreateCertificateFromCsr', 'csr-missing', 'an empty CSR', send('CreateCertificateFromCsr', { certificateSigningRequest: '' })],
  ['CreateCertificateFromCsr', 'csr-refused', 'a garbage CSR', send('CreateCertificateFromCsr', { certificateSigningRequest: 'garbage' })],
  [
    'CreateCertificateFromCsr',
    'certificate-provider-failed',
    'a certificate provider that throws',
    (world) => {
      world.registry.provider = { arn: 'arn:provider', functionArn: 'arn:function' };
      world.hook = () => Promise.resolve({ outcome: 'failed', errorType: 'Error', errorMessage: 'broken' });
      return world.request(topics.CreateCertificateFromCsr, { certificateSigningRequest: goodCsr });
    },
  ],
  ['CreateKeysAndCertificate', 'malformed-payload', 'text', send('CreateKeysAndCertificate', 'hello')],
  ['CreateKeysAndCertificate', 'throttled', 'one request too many', throttled('CreateKeysAndCertificate', '')],
  [
    'CreateKeysAndCertificate',
    'internal-failure',
    'a registry that breaks',
    (world) => {
      world.registry.issuePendingKeysAndCertificate = () => Promise.reject(new TypeError('broken'));
      return world.request(topics.CreateKeysAndCertificate, '');
    },
  ],
  ['RegisterThing', 'malformed-payload', 'JSON that is cut off', send('RegisterThing', '{')],
  ['RegisterThing', 'malformed-payload', 'a token that is an object', send('RegisterThing', { certificateOwnershipToken: {} })],
  ['RegisterThing', 'malformed-payload', 'more than 128 KB', send('RegisterThing', `{"x":"${'y'.repeat(131_072)}"}`)],
  ['RegisterThing', 'parameters-invalid', 'parameters nested 10,000 deep', send('RegisterThing', deepObject)],
  ['RegisterThing', 'throttled', 'one request too many', throttled('RegisterThing', {})],
  [
    'RegisterThing',
    'internal-failure',
    'a control plane that breaks',
    (world) => {
      world.controlPlane.call = () => Promise.reject(new TypeError('broken'));
      return world.provision();
    },
  ],
  [
    'RegisterThing',
    'internal-failure',
    'a stored template that is unreadable',
    (world) => {
      world.addTemplate('lamps', 'x');
      return world.provision();
    },
  ],
  ['RegisterThing', 'token-empty', 'an empty token', send('RegisterThing', { certificateOwnershipToken: '' })],
  ['RegisterThing', 'token-empty', 'no token', send('RegisterThing', {})],
  ['RegisterThing', 'token-foreign', 'a garbage token', send('RegisterThing', { certificateOwnershipToken: 'garbage' })],
  [
    'RegisterThing',
    'token-foreign',
    "another account's token",
    async (world) => world.provision({ certificateOwnershipToken: await new ProvisioningWorld().token() }),
  ],
  [
    'RegisterThing',
    'token-foreign',
    'a token with one character changed',
    async (world) => {
      const token = await world.token();
      return world.provision({ certificateOwnershipToken: `${token.slice(0, 20)}${token[20] === 'A' ? 'B' : 'A'}${token.slice(21)}` });
    },
  ],
  [
    'RegisterThing',
    'token-expired',
    'a token one hour old',
    async (world) => {
      const certificateOwnershipToken = await world.token();
      world.clock.advance(60 * 60_000);
      return world.provision({ certificateOwnershipToken });
    },
  ],
  [
    'RegisterThing',
    'token-replayed',
    'a token that was redeemed',
    async (world) => {
      const certificateOwnershipToken = await world.token();
      await world.provision({ certificateOwnershipToken });
      return world.provision({ certificateOwnershipToken });
    },
  ],
  [
    'RegisterThing',
    'token-in-use',
    'a token that is being redeemed',
    async (world) => {
      const certificateOwnershipToken = await world.token();
      const { promise, resolve } = Promise.withResolvers<Readonly<Record<string, unknown>>>();
      world.controlPlane.call = () => promise;
      const first = world.provision({ certificateOwnershipToken });
      const second = await world.provision({ certificateOwnershipToken });
      resolve({});
      await first.catch(() => undefined);
      return second;
    },
  ],
  [
    'RegisterThing',
    'token-without-certificate',
    'a token whose certificate was deleted',
    async (world) => {
      const certificateOwnershipToken = await world.token();
      world.registry.statuses.clear();
      return world.provision({ certificateOwnershipToken });
    },
  ],
  ['RegisterThing', 'parameters-invalid', 'parameters that are a list', withParameters(['S1'])],
  ['RegisterThing', 'parameters-invalid', 'parameters that are null', withParameters(null)],
  ['RegisterThing', 'parameters-invalid', 'a parameter that is a number', withParameters({ SerialNumber: 1 })],
  ['RegisterThing', 'parameters-invalid', 'a value of 4,097 characters', withParameters({ SerialNumber: 'x'.repeat(4097) })],
  ['RegisterThing', 'parameters-invalid', 'a name of 2,049 characters', withParameters({ SerialNumber: 'S1', ['x'.repeat(2049)]: 'y' })],
  ['RegisterThing', 'parameter-missing', 'a parameter without value', withParameters({})],
  ['RegisterThing', 'parameter-missing', 'a parameter in another case', withParameters({ serialnumber: 'S1' })],
  ['RegisterThing', 'template-unknown', 'an unknown template', (world) => world.provision({}, 'unknown')],
  [
    'RegisterThing',
    'template-disabled',
    'a disabled template',
    (world) => {
      world.addTemplate('off', simpleTemplate, { enabled: false });
      return world.provision({}, 'off');
    },
  ],
  ...(['CreateCertificateFromCsr', 'CreateKeysAndCertificate', 'RegisterThing'] as const).map((operation) => {
    const provoke: Provoke = (world) => {
      world.registry.expiredClaims.add(claim.principalId);
      return world.request(topics[operation], { certificateSigningRequest: goodCsr });
    };
    return [operation, 'claim-expired', 'a temporary claim that has expired', provoke] as const;
  }),
  [
    'RegisterThing',
    'role-not-assumable',
    'a role that does not trust AWS IoT',
    (world) => {
      world.isAssumable = false;
      return world.provision();
    },
  ],
  [
    'RegisterThing',
    'role-not-assumable',
    'a role that goes while the hook decides',
    (world) =>
      withHook(() => {
        world.isAssumable = false;
        return Promise.resolve({ outcome: 'returned', payload: { allowProvisioning: true } });
      })(world),
  ],
  [
    'RegisterThing',
    'registration-failed',
    'a step that the role may not take',
    (world) => {
      world.controlPlane.failing = 'UpdateCertificate';
      return world.provision();
    },
  ],
  [
    'RegisterThing',
    'token-without-certificate',
    'a certificate that is revoked while the hook decides',
    (world) =>
      withHook(() => {
        for (const id of world.registry.statuses.keys()) world.registry.statuses.set(id, 'INACTIVE');
        return Promise.resolve({ outcome: 'returned', payload: { allowProvisioning: true } });
      })(world),
  ],
  [
    'RegisterThing',
    'hook-answer-invalid',
    'an override of 4,097 characters',
    returning({ allowProvisioning: true, parameterOverrides: { a: 'x'.repeat(4097) } }),
  ],
  [
    'RegisterThing',
    'template-of-other-type',
    'a template for just-in-time provisioning',
    (world) => {
      world.addTemplate('jitp', simpleTemplate, { type: 'JITP' });
      return world.provision({}, 'jitp');
    },
  ],
  [
    'RegisterThing',
    'template-evaluation-failed',
    'Fn::Select out of bounds',
    (world) => {
      world.addTemplate('lamps', { ...simpleTemplate, DeviceConfiguration: { x: { 'Fn::Select': ['1', ['a']] } } });
      return world.provision();
    },
  ],
  ['RegisterThing', 'hook-denied', 'a hook that says no', returning({ allowProvisioning: false })],
  [
    'RegisterThing',
    'hook-failed',
    'a hook that throws',
    withHook(() => Promise.resolve({ outcome: 'failed', errorType: 'Error', errorMessage: 'x' })),
  ],
  [
    'RegisterThing',
    'hook-not-invoked',
    'a hook without permission',
    withHook(() => Promise.resolve({ outcome: 'refused', code: 'AccessDeniedException' })),
  ],
  [
    'RegisterThing',
    'hook-not-invoked',
    'a hook without concurrency left',
    withHook(() => Promise.resolve({ outcome: 'refused', code: 'TooManyRequestsException' })),
  ],
  ['RegisterThing', 'hook-timed-out', 'a hook that hangs', hanging],
  ['RegisterThing', 'hook-answer-invalid', 'a hook that answers nothing', returning(null)],
  ['RegisterThing', 'hook-answer-invalid', 'a hook that answers a list', returning([true])],
  ['RegisterThing', 'hook-answer-invalid', 'a hook that answers an empty object', returning({})],
  ['RegisterThing', 'hook-answer-invalid', 'a hook that answers "true"', returning({ allowProvisioning: 'true' })],
  ['RegisterThing', 'hook-answer-invalid', 'a hook that answers 1', returning({ allowProvisioning: 1 })],
  ['RegisterThing', 'hook-answer-invalid', 'overrides that are a list', returning({ allowProvisioning: true, parameterOverrides: [] })],
  ['RegisterThing', 'hook-answer-invalid', 'overrides that are null', returning({ allowProvisioning: true, parameterOverrides: null })],
  [
    'RegisterThing',
    'hook-answer-invalid',
    'an override that is a number',
    returning({ allowProvisioning: true, parameterOverrides: { a: 1 } }),
  ],
  ['RegisterThing', 'resource-conflict', 'a thing of another type with FAIL', existingThing],
  [
    'RegisterThing',
    'registration-failed',
    'a step that the control plane refuses',
    (world) => {
      world.controlPlane.failing = 'CreateThing';
      return world.provision();
    },
  ],
];

const answerTo = (cause: RefusalCause) => behaviourRows[`provisioning.rejected-${cause}`].value;

describe('fleet provisioning refuses', () => {
  let world: ProvisioningWorld;
  beforeEach(() => {
    world = new ProvisioningWorld();
  });

  test.each(provocations)('%s (%s): %s', async (_operation, cause, _what, provoke) => {
    const { topic, body } = await provoke(world);
    const row = answerTo(cause);
    expect(topic).toMatch(/\/rejected$/);
    expect(Object.keys(body).sort()).toEqual(['errorCode', 'errorMessage', 'statusCode']);
    expect(body).toMatchObject({ statusCode: row.statusCode, errorCode: row.errorCode });
    expect(String(body['errorMessage'])).toContain(row.errorMessage.split('{detail}')[0]);
  });

  test.each(
    provocations.filter(
      ([operation, cause]) => operation === 'RegisterThing' && !['throttled', 'token-replayed', 'token-in-use'].includes(cause),
    ),
  )('%s (%s) and activates nothing: %s', async (_operation, cause, _what, provoke) => {
    await provoke(world);
    expect([...world.registry.statuses.values()]).not.toContain('ACTIVE');
    expect(world.log.at(-1)).toMatchObject({ eventType: 'ProvisionDevice', status: 'Failure', reason: cause });
  });

  test('for every row of the table there is a way to provoke it', () => {
    const provoked = new Set(provocations.map(([, cause]) => `provisioning.rejected-${cause}`));
    const rows = Object.keys(behaviourRows).filter((id) => id.startsWith('provisioning.rejected-'));
    expect(rows.sort()).toEqual([...provoked].sort());
  });

  test('with the same words whatever the hook did, so that nothing leaks', () => {
    const causes = ['hook-denied', 'hook-failed', 'hook-not-invoked', 'hook-timed-out', 'hook-answer-invalid'] as const;
    const answers = causes.map(answerTo);
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  });

  test('a missing parameter by its name', async () => {
    const { body } = await world.provision({ parameters: {} });
    expect(body['errorMessage']).toContain('SerialNumber');
  });
});
