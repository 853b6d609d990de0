import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Server } from 'node:http';
import fc from 'fast-check';
import { type LocalAws, startLocalAws } from '../../../local/main.ts';
import { ask, exchange, type FuzzedRequest, type RawAnswer, signed, written } from './fuzzed-aws.ts';

let aws: LocalAws;

beforeAll(async () => {
  aws = await startLocalAws({ iotSettings: { operationRates: 'off' } });
});

afterAll(() => aws.stop());

const isJsonObject = (text: string): boolean => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null;
  } catch {
    return false;
  }
};

/** How AWS words a refusal in one of its protocols. Node refuses what is no HTTP by itself, and what is expected but "100-continue" (417). */
const isWorded = ({ status, headers, body }: RawAnswer): boolean =>
  body === '' || status === 417 || /<Code>[^<]+<\/Code>/.test(body) || (headers.includes('json') && isJsonObject(body));

const send = (request: FuzzedRequest): Promise<RawAnswer> => ask(aws.endpoint, request);

const expectAlive = async (): Promise<void> => {
  expect((await send({ method: 'GET', target: '/_local/health', headers: {}, body: '' })).status).toBe(200);
};

const token = fc.stringMatching(/^[A-Za-z0-9-]{1,20}$/);
const anyText = fc.string({ maxLength: 60 });
const headerValue = fc.stringMatching(/^[ -~]{0,60}$/);

const headerName = fc.oneof(
  fc.constantFrom('authorization', 'x-amz-target', 'content-type', 'x-amz-security-token', 'content-encoding', 'x-amz-content-sha256'),
  fc.constantFrom('host', 'expect', 'upgrade', 'transfer-encoding', 'x-amz-date', 'origin', '__proto__', 'constructor', 'cookie'),
  token,
);

const telling = fc.constantFrom(
  ...['application/x-amz-json-1.1', 'application/x-www-form-urlencoded', 'aws-chunked', 'gzip', '100-continue', 'chunked', 'websocket'],
  ...['STREAMING-UNSIGNED-PAYLOAD-TRAILER', 'AmazonSSM.GetParameter', 'DynamoDB_20120810.PutItem', 'AmazonSQS.constructor'],
  'AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/iot/aws4_request, SignedHeaders=host;__proto__;constructor, Signature=00',
);

const target = fc.oneof(
  fc.webPath({ size: 'small' }),
  fc.stringMatching(/^\/[!-~]{0,40}$/),
  fc.constantFrom(
    '*',
    '//',
    '/%',
    '/%ff%00',
    '/things/%E0%A4%A',
    '/_local/',
    '/_local/faults',
    '/_aws/lambda-url/x',
    'http://x/y',
    '/?Action=__proto__',
  ),
);

const anyRequest: fc.Arbitrary<FuzzedRequest> = fc.record({
  method: fc.oneof(fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'PATCH', 'OPTIONS', 'CONNECT', 'TRACE'), token),
  target,
  headers: fc.dictionary(headerName, fc.oneof(telling, headerValue), { maxKeys: 6 }),
  body: fc.oneof(fc.json(), fc.uint8Array({ maxLength: 200 }), anyText),
});

test('Any bytes are answered with a refusal or a closed connection', async () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    anyRequest.map((request) => written(request).subarray(0, 80)),
  );
  await fc.assert(
    fc.asyncProperty(bytes, async (sent) => {
      const answer = await exchange(aws.endpoint, sent);
      expect(answer.status ?? 400).toBeGreaterThanOrEqual(400);
      expect(answer.status).not.toBe(500);
    }),
    { numRuns: 300, examples: [[Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n')], [Buffer.from([0x16, 0x03, 0x01])]] },
  );
  await expectAlive();
});

test('Any unsigned request is answered, and refused in words of AWS', async () => {
  await fc.assert(
    fc.asyncProperty(anyRequest, async (request) => {
      const answer = await send(request);
      expect(answer.status).not.toBe(500);
      if ((answer.status ?? 0) >= 400 && !request.target.startsWith('/_local')) expect(isWorded(answer)).toBe(true);
    }),
    {
      numRuns: 600,
      examples: [
        [{ method: 'PUT', target: '/b/k', headers: { 'content-encoding': 'aws-chunked' }, body: '-6\r\n' }],
        [{ method: 'POST', target: '/', headers: { 'content-encoding': 'aws-chunked' }, body: 'ffffffffffffffff\r\n' }],
        [{ method: 'GET', target: '/things/%E0%A4%A', headers: {}, body: '' }],
      ],
    },
  );
  await expectAlive();
});

const signable: fc.Arbitrary<FuzzedRequest> = anyRequest.map(({ method, headers, ...rest }) => ({
  ...rest,
  method: ['CONNECT', 'TRACE'].includes(method) || !/^[A-Z]+$/.test(method) ? 'POST' : method,
  headers: Object.fromEntries(
    Object.entries(headers).filter(
      ([name]) => !/^(host|expect|upgrade|transfer-encoding|authorization|content-encoding|x-amz-(content|security|date))/.test(name),
    ),
  ),
}));

const input = fc.oneof(
  fc.json(),
  fc
    .dictionary(
      fc.constantFrom(
        'Name',
        'Names',
        'QueueUrl',
        'TableName',
        'KeyId',
        'Key',
        'Item',
        'logGroupName',
        'StackName',
        'PolicyDocument',
        '__proto__',
      ),
      fc.jsonValue(),
    )
    .map((members) => JSON.stringify(members)),
  fc.constant(`{"Item":${'['.repeat(5000)}${']'.repeat(5000)}}`),
);

const form = fc
  .array(fc.tuple(fc.stringMatching(/^[A-Z][a-z]{0,5}(\.(member|entry|[0-9]|key|value|__proto__)){0,4}$/), anyText), { maxLength: 6 })
  .map((pairs) => new URLSearchParams([...pairs.map(([name, value]): [string, string] => [name, value])]).toString());

/** Requests that get as far as an operation of a service, in its own protocol. */
const toOperation = (): fc.Arbitrary<readonly [string, FuzzedRequest]> => {
  const json = fc
    .constantFrom(
      ...([
        ['ssm', 'AmazonSSM', '1.1'],
        ['kms', 'TrentService', '1.1'],
        ['logs', 'Logs_20140328', '1.1'],
        ['sqs', 'AmazonSQS', '1.0'],
      ] as const),
      ...([
        ['dynamodb', 'DynamoDB_20120810', '1.0'],
        ['monitoring', 'GraniteServiceVersion20100801', '1.0'],
      ] as const),
    )
    .chain(([service, prefix, version]) =>
      fc
        .tuple(fc.constant(service), fc.constantFrom(...operationsOf(service)), input)
        .map(([name, operation, body]): readonly [string, FuzzedRequest] => [
          name,
          {
            ...{ method: 'POST', target: '/', body },
            headers: { 'x-amz-target': `${prefix}.${operation}`, 'content-type': `application/x-amz-json-${version}` },
          },
        ]),
    );
  const query = fc
    .constantFrom('sts', 'iam', 'sns', 'cloudformation')
    .chain((service) => fc.tuple(fc.constant(service), fc.constantFrom(...operationsOf(service)), form))
    .map(([service, action, parameters]): readonly [string, FuzzedRequest] => [
      service,
      {
        ...{ method: 'POST', target: '/', body: `Action=${action}&${parameters}` },
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      },
    ]);
  const path = fc
    .array(
      fc.oneof(
        fc.constantFrom(
          'things',
          'policies',
          'rules',
          'certificates',
          '2015-03-31',
          'functions',
          'v2',
          'apis',
          'bucket',
          'key',
          'thing-groups',
        ),
        fc.stringMatching(/^[a-zA-Z0-9%$:-]{1,12}$/),
      ),
      { maxLength: 5 },
    )
    .map((segments) => `/${segments.join('/')}`);
  const rest = fc
    .tuple(
      fc.constantFrom('iot', 'lambda', 'apigateway', 's3'),
      fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD'),
      path,
      input,
    )
    .map(([service, method, where, body]): readonly [string, FuzzedRequest] => [service, { method, target: where, headers: {}, body }]);
  return fc.oneof(json, query, rest);
};

const operationsOf = (service: string): readonly string[] =>
  aws.services.apis.find(({ signingNames }) => signingNames.includes(service))?.operations ?? ['None'];

const expectAnswer = async (service: string, request: FuzzedRequest): Promise<void> => {
  const answer = await send(signed(aws, service, request));
  expect(answer.status).toBeDefined();
  expect(answer).not.toMatchObject({ status: 500 });
  if ((answer.status ?? 0) >= 400) expect(isWorded(answer)).toBe(true);
};

test('Any signed request is answered, and refused in the words of its service', async () => {
  const service = fc.constantFrom('iot', 's3', 'sts', 'ssm', 'lambda', 'iam', 'apigateway', 'nothing');
  await fc.assert(
    fc.asyncProperty(service, signable, (name, request) => expectAnswer(name, request)),
    { numRuns: 400 },
  );
  await expectAlive();
});

test('Any input of any operation is answered in the protocol of the service', async () => {
  await fc.assert(
    fc.asyncProperty(toOperation(), ([service, request]) => expectAnswer(service, request)),
    {
      numRuns: 1000,
      examples: [
        [
          [
            'iam',
            {
              method: 'POST',
              target: '/',
              headers: { 'content-type': 'application/x-www-form-urlencoded' },
              body: `Action=GetUser&${'A.'.repeat(50_000)}A=1`,
            },
          ],
        ],
        [['iot', { method: 'GET', target: '/things/%E0%A4%A', headers: {}, body: '' }]],
      ],
    },
  );
  await expectAlive();
});

test('The control endpoint answers any request', async () => {
  const route = fc.constantFrom('health', 'requests', 'faults', 'faults/x', 'clock', 'export', 'nothing', 'faults/%', 'requests?limit=-1');
  const fault = fc.record(
    {
      at: fc.oneof(fc.constantFrom('operation', 'mqtt', 'function'), fc.jsonValue()),
      service: fc.jsonValue(),
      effect: fc.oneof(fc.jsonValue(), fc.record({ kind: fc.constantFrom('latency', 'throttle', 'drop'), ms: fc.jsonValue() })),
      count: fc.jsonValue(),
    },
    { requiredKeys: [] },
  );
  const body = fc.oneof(
    fc.json(),
    fault.map((one) => JSON.stringify(one)),
    anyText,
  );
  await fc.assert(
    fc.asyncProperty(fc.constantFrom('GET', 'POST', 'DELETE', 'PUT'), route, body, async (method, path, sent) => {
      const answer = await send({ method, target: `/_local/${path}`, headers: {}, body: sent });
      expect(answer.status).not.toBe(500);
      expect(answer.body === '' || isJsonObject(answer.body)).toBe(true);
      aws.faults.clear();
    }),
    { numRuns: 300 },
  );
  await expectAlive();
});

describe('The gateway bounds', () => {
  test('headers', async () => {
    const many = Object.fromEntries(Array.from({ length: 2000 }, (_, index) => [`x-${index}`, 'x'.repeat(50)]));
    expect((await send({ method: 'GET', target: '/', headers: many, body: '' })).status).toBe(431);
    expect((await send({ method: 'GET', target: `/${'x'.repeat(100_000)}`, headers: {}, body: '' })).status).toBe(431);
    await expectAlive();
  });

  test('bodies, the more so of those who do not sign', async () => {
    const announced = (bytes: number): FuzzedRequest => ({
      method: 'POST',
      target: '/',
      headers: { 'content-length': String(bytes) },
      body: '',
    });
    expect((await send(announced(11 * 1024 * 1024))).status).toBe(413);
    const tooLong = signed(aws, 's3', announced(300 * 1024 * 1024));
    expect((await send(tooLong)).status).toBe(413);
  });

  test('bodies whose length nobody announced', async () => {
    const chunk = `100000\r\n${'x'.repeat(0x100000)}\r\n`;
    const head = 'POST / HTTP/1.1\r\nhost: 127.0.0.1\r\ntransfer-encoding: chunked\r\n\r\n';
    const { status } = await exchange(aws.endpoint, head + chunk.repeat(12));
    expect([413, undefined]).toContain(status);
    await expectAlive();
  });

  test('the time that a request takes to arrive', async () => {
    const servers: Server[] = [];
    const remember = (message: unknown): void => {
      if (typeof message === 'object' && message !== null && 'server' in message) servers.push(message.server as Server); // as Node documents it
    };
    subscribe('http.server.request.start', remember);
    await expectAlive();
    unsubscribe('http.server.request.start', remember);
    const [server] = servers;
    expect(server?.headersTimeout).toBeGreaterThan(0);
    expect(server?.headersTimeout).toBeLessThanOrEqual(60_000);
    expect(server?.requestTimeout).toBeGreaterThan(0);
    expect(server?.requestTimeout).toBeLessThanOrEqual(300_000);
  });
});
