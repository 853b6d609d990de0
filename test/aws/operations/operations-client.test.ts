import * as z from 'zod/mini';
import { createOperationsClient } from '../../../aws/operations/operations-client.ts';
import { defineOperation } from '../../../domain/operation.ts';
import { NOON } from '../../builders/enrollment.ts';

const contract = defineOperation({
  name: 'walls.paint',
  roles: ['operator'],
  isChange: true,
  needsTwo: false,
  input: z.object({ wall: z.string() }),
  output: z.object({ coats: z.number() }),
});

const call = async (status: number, body: unknown) => {
  const sent: string[] = [];
  const client = createOperationsClient((request) => {
    sent.push(request.body);
    return Promise.resolve({ status, body: typeof body === 'string' ? body : JSON.stringify(body) });
  });
  return { output: await client.call(contract, { wall: 'north' }, { isDryRun: true }), sent };
};

describe('The client of the operations function', () => {
  test('sends what is asked for and reads what came of it', async () => {
    expect(await call(200, { output: { coats: 2 } })).toEqual({
      output: { coats: 2 },
      sent: ['{"operation":"walls.paint","input":{"wall":"north"},"dryRun":true}'],
    });
  });

  test.each(['ERR_INPUT', 'ERR_NOT_ALLOWED', 'ERR_NOT_FOUND', 'ERR_CONFLICT', 'ERR_BUSY'])('hands on a refusal with %s', async (code) => {
    await expect(call(400, { error: { code, message: 'so it is' } })).rejects.toMatchObject({ code, message: 'so it is' });
  });

  test('says that somebody else must agree, who, and until when', async () => {
    const waiting = { operation: 'walls.paint', proposedBy: 'arn:ann', until: NOON, roles: ['security'] };
    await expect(call(202, { waiting })).rejects.toMatchObject({
      code: 'ERR_WAITING_FOR_SECOND',
      waiting,
      message: expect.stringMatching(/takes two people. Before 2026-11-20T12:00:00.000Z somebody else, in the role security/) as unknown,
    });
  });

  test('takes it for busy when Lambda throttles in its place', async () => {
    await expect(call(429, { Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded' })).rejects.toMatchObject({ code: 'ERR_BUSY' });
  });

  test.each([
    ['failed', 500, { error: { code: 'ERR_FAULT', message: 'Something is broken, by request r-1.' } }, /HTTP 500.*request r-1/],
    ['was not there', 502, 'Internal Server Error', /HTTP 502.*Internal Server Error/],
    ['speaks another language', 200, '<html>', /HTTP 200.*<html>/],
  ])('says so when the function %s', async (_, status, body, expected) => {
    await expect(call(status, body)).rejects.toThrow(expected);
  });

  test('does not take an answer that the contract does not know', async () => {
    await expect(call(200, { output: { coats: 'two' } })).rejects.toThrow();
  });
});
