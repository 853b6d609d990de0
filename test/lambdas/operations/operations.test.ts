import { OperationError, type OperationErrorCode } from '../../../domain/operation-error.ts';
import { MAX_BODY_BYTES } from '../../../lambdas/operations/operation-request.ts';
import { NOON } from '../../builders/enrollment.ts';
import { aUrlEvent, anOperationsContext } from '../../builders/url-event.ts';
import { toyOperations } from './toy-operations.ts';

const ANN = 'arn:aws:iam::111122223333:user/ann';
const paint = { operation: 'walls.paint', input: { line: 'sensor' } };

const message = (body: unknown) => (body as { error: { message: string } }).error.message;

describe('The operations function', () => {
  test('does what is asked for and answers what the contract says, no more', async () => {
    const { call, performed, audit } = toyOperations();
    expect(await call('operator', paint)).toEqual({ status: 200, body: { output: { did: 'walls.paint sensor' } } });
    expect(performed).toHaveLength(1);
    expect(audit.events).toEqual([]);
  });

  test('tells what performs it who calls and in which scope, as AWS says, and when', async () => {
    const { call, performed } = toyOperations();
    await call('plant-7', paint, { userArn: ANN });
    expect(performed[0]?.call).toEqual({
      scope: { name: 'plant-7', role: 'factory', lines: ['valve'] },
      actor: { kind: 'operator', arn: ANN },
      eventId: 'event-1',
      at: NOON,
      isDryRun: false,
    });
  });

  test('hands on that nothing is to be changed', async () => {
    const { call, performed } = toyOperations();
    await call('operator', { ...paint, dryRun: true });
    expect(performed[0]?.call.isDryRun).toBe(true);
  });

  test('reads a body that Lambda encoded', async () => {
    const { handler } = toyOperations();
    const event = { ...aUrlEvent({ body: Buffer.from(JSON.stringify(paint)).toString('base64') }), isBase64Encoded: true };
    expect(await handler(event, anOperationsContext('operator'))).toMatchObject({ statusCode: 200 });
  });
});

describe('Who may', () => {
  test('is a matter of the role: another one is refused, and that is on record', async () => {
    const { call, performed, audit } = toyOperations();
    const { status, body } = await call('auditor', paint, { userArn: ANN });
    expect({ status, body }).toMatchObject({ status: 403, body: { error: { code: 'ERR_NOT_ALLOWED' } } });
    expect(message(body)).toMatch(/"auditor".*may not do "walls.paint".*operator, factory/);
    expect(performed).toEqual([]);
    expect(audit.events).toEqual([
      {
        schemaVersion: 1,
        id: 'event-1',
        at: NOON,
        code: 'operation.refused',
        actor: { kind: 'operator', arn: ANN },
        operation: 'walls.paint',
        scope: 'auditor',
      },
    ]);
  });

  test.each([
    ['by no alias', undefined],
    ['by an alias that is no scope', 'live'],
    ['by the newest code', '$LATEST'],
  ])('is nobody who comes %s', async (_, scope) => {
    const { call, performed, audit } = toyOperations();
    expect(await call(scope, paint)).toMatchObject({ status: 403, body: { error: { code: 'ERR_NOT_ALLOWED' } } });
    expect(performed).toEqual([]);
    expect(audit.events).toMatchObject([{ code: 'operation.refused' }]);
    expect(audit.events[0]).not.toHaveProperty('scope');
  });

  test.each([
    ['AWS does not name', { ...aUrlEvent({ body: JSON.stringify(paint) }), requestContext: { http: { method: 'POST', path: '/' } } }],
    ['belongs to another account', aUrlEvent({ body: JSON.stringify(paint), accountId: '999999999999' })],
  ])('is nobody whom %s', async (_, event) => {
    const { handler, performed } = toyOperations();
    expect(await handler(event, anOperationsContext('operator'))).toMatchObject({ statusCode: 403 });
    expect(performed).toEqual([]);
  });

  test.each(['actor', 'scope', 'userArn', 'proposedBy', 'role'])('is not what a request says of itself: "%s" is refused', async (field) => {
    const { call, performed } = toyOperations();
    for (const forged of [
      { ...paint, [field]: 'admin' },
      { ...paint, input: { ...paint.input, [field]: 'admin' } },
    ])
      expect(await call('operator', forged)).toMatchObject({ status: 400 });
    expect(performed).toEqual([]);
  });
});

describe('A request that cannot be', () => {
  test.each([
    ['is no JSON', '{', /not JSON/],
    ['is nothing', '', /not JSON/],
    ['is a list', [], /got \[\]; allowed is a value of type object/],
    ['names no operation', {}, /operation: got nothing; allowed is a value of type string/],
    ['names an unknown operation', { operation: 'walls.fly' }, /allowed is one of walls.paint, walls.look, walls.tear/],
    ['lacks what the operation needs', { operation: 'walls.paint' }, /line: got nothing; allowed is a value of type string/],
    ['is of a line that cannot be', { operation: 'walls.paint', input: { line: 'a/b' } }, /line: got "a\/b"; allowed is text that matches/],
    ['says what is not known', { operation: 'walls.paint', input: { line: 'a', x: 1 } }, /only what the operation knows, not "x"/],
    ['has a dry run that is none', { ...paint, dryRun: 'yes' }, /dryRun: got "yes"; allowed is a value of type boolean/],
  ])('because it %s is refused with what was got and what is allowed', async (_, body, expected) => {
    const { call, performed, audit } = toyOperations();
    const answer = await call('operator', body);
    expect(answer).toMatchObject({ status: 400, body: { error: { code: 'ERR_INPUT' } } });
    expect(message(answer.body)).toMatch(expected);
    expect(performed).toEqual([]);
    expect(audit.events).toMatchObject([{ code: 'operation.refused', scope: 'operator' }]);
  });

  test('puts nothing on record that a caller made up', async () => {
    const { call, audit } = toyOperations();
    await call('operator', { operation: 'AKIA-secret' });
    expect(JSON.stringify(audit.events)).not.toContain('AKIA-secret');
  });

  test.each([
    ['another method', { method: 'GET' }],
    ['another path', { path: '/admin' }],
  ])('because of %s is refused', async (_, wishes) => {
    const { call } = toyOperations();
    expect(await call('operator', paint, wishes)).toMatchObject({ status: 400 });
  });

  test('because it is too large is refused unread', async () => {
    const { call } = toyOperations();
    const answer = await call('operator', `"${'x'.repeat(MAX_BODY_BYTES)}"`);
    expect(answer).toMatchObject({ status: 400 });
    expect(message(answer.body)).toContain(`allowed are ${MAX_BODY_BYTES}`);
  });

  test('because it is not UTF-8 is refused', async () => {
    const { handler } = toyOperations();
    const event = { ...aUrlEvent({ body: Buffer.from([0x22, 0xff, 0x22]).toString('base64') }), isBase64Encoded: true };
    expect(await handler(event, anOperationsContext('operator'))).toMatchObject({ statusCode: 400 });
  });
});

describe('What is not done', () => {
  test.each<[OperationErrorCode, number]>([
    ['ERR_INPUT', 400],
    ['ERR_NOT_ALLOWED', 403],
    ['ERR_NOT_FOUND', 404],
    ['ERR_CONFLICT', 409],
  ])('for %s is answered with %d and its message, and is on record with the line', async (code, status) => {
    const { call, audit } = toyOperations({ fails: () => new OperationError(code, 'so it is') });
    expect(await call('operator', paint)).toEqual({ status, body: { error: { code, message: 'so it is' } } });
    expect(audit.events).toMatchObject([{ code: 'operation.refused', operation: 'walls.paint', scope: 'operator', line: 'sensor' }]);
  });

  test.each(['ThrottlingException', 'ProvisionedThroughputExceededException', 'TooManyRequestsException'])(
    'because AWS says %s may be asked again, and is no refusal on record',
    async (name) => {
      const { call, audit, faults } = toyOperations({ fails: () => Object.assign(new Error('slow down'), { name }) });
      expect(await call('operator', paint)).toMatchObject({ status: 429, body: { error: { code: 'ERR_BUSY' } } });
      expect(audit.events).toEqual([]);
      expect(faults.faults).toEqual([]);
    },
  );

  test('because something broke tells nothing but where to look', async () => {
    const fault = new Error('table muster-secret is gone');
    const { call, faults } = toyOperations({ fails: () => fault });
    const { status, body } = await call('operator', paint);
    expect(status).toBe(500);
    expect(body).toEqual({ error: { code: 'ERR_FAULT', message: expect.stringContaining('request-1') as unknown } });
    expect(JSON.stringify(body)).not.toContain('secret');
    expect(faults.faults).toEqual([fault]);
  });
});
