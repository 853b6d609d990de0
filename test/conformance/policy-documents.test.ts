import { CreatePolicyCommand, UpdateCertificateCommand } from '@aws-sdk/client-iot';
import { assumed, documented } from './fact.ts';
import { ObservedWorld } from './observed-world.ts';

let world: ObservedWorld;

beforeAll(async () => {
  world = await ObservedWorld.start();
});

afterAll(() => world.stop());

const create = (statement: object, version = '2012-10-17') =>
  world.iot.send(
    new CreatePolicyCommand({
      policyName: world.unique('policy'),
      policyDocument: JSON.stringify({
        Version: version,
        Statement: [{ Effect: 'Allow', Action: 'iot:Connect', Resource: '*', ...statement }],
      }),
    }),
  );

const malformed = { name: 'MalformedPolicyException', $metadata: { httpStatusCode: 400 } };

documented('IoT developer guide, "AWS IoT Core policies"', 'A policy has version 2012-10-17 and actions of AWS IoT', async () => {
  await expect(create({})).resolves.toMatchObject({ policyVersionId: '1' });
  await expect(create({}, '2008-10-17')).rejects.toMatchObject(malformed);
  await expect(create({ Action: 's3:GetObject' })).rejects.toMatchObject(malformed);
});

assumed('policy.takes-operators-of-iam', 'Conditions take the operators of IAM', async () => {
  for (const operator of ['NumericLessThan', 'DateGreaterThan', 'Null', 'StringEqualsIfExists']) {
    const operand =
      { NumericLessThan: '5', DateGreaterThan: '2026-01-01T00:00:00Z', Null: 'true', StringEqualsIfExists: 'x' }[operator] ?? '';
    await expect(create({ Condition: { [operator]: { 'aws:CurrentTime': operand } } })).resolves.toMatchObject({ policyVersionId: '1' });
  }
  await expect(create({ Condition: { StringIs: { 'iot:ClientId': 'x' } } })).rejects.toMatchObject(malformed);
});

assumed('policy.case-of-actions-matters', 'An action in another case makes a policy malformed', () =>
  expect(create({ Action: 'iot:connect' })).rejects.toMatchObject(malformed),
);

assumed('policy.too-long-refusal', 'A policy that is too long is malformed', () =>
  expect(create({ Resource: `arn:aws:iot:us-east-1:123456789012:client/${'x'.repeat(2048)}` })).rejects.toMatchObject(malformed),
);

assumed('logging.authentication-type', 'A refused certificate is logged with the authentication type AWS_X509', async () => {
  await world.setLogging({
    roleArn: await world.role(),
    defaultLogLevel: 'ERROR',
    eventConfigurations: [{ eventType: 'Connection.AuthNError', logLevel: 'ERROR' }],
  });
  const device = await world.device();
  await world.iot.send(new UpdateCertificateCommand({ certificateId: device.certificateId, newStatus: 'INACTIVE' }));
  await expect(world.connect(device, world.unique('client'))).rejects.toThrow();
  expect(await world.entry({ eventType: 'Connection.AuthNError' })).toMatchObject({ authenticationType: 'AWS_X509' });
});
