import * as z from 'zod/mini';
import { createSendToScopes } from '../../../aws/operations/send-to-scopes.ts';
import { defineOperation } from '../../../domain/operation.ts';
import type { OperatorScope } from '../../../domain/operator-scope.ts';
import { aLine } from '../../builders/identifiers.ts';

const contract = defineOperation({
  name: 'claims.create',
  roles: ['factory', 'operator'],
  isChange: true,
  needsTwo: false,
  input: z.object({}),
  output: z.object({}),
});

const scopes: readonly OperatorScope[] = [
  { name: 'factory', role: 'factory' },
  { name: 'auditor', role: 'auditor' },
  { name: 'operator', role: 'operator' },
  { name: 'plant-7', role: 'factory', lines: [aLine('valve')] },
];

/** What IAM answers in Lambda's place. */
const forbidden = { status: 403, body: '{"Message":"Forbidden. For troubleshooting Function URL authorization issues, see: …"}' };

const caller = (open: readonly string[], wanted?: string) => {
  const asked: string[] = [];
  const send = createSendToScopes({
    scopes,
    wanted,
    policyOf: ({ name }) => `muster-${name}`,
    post: ({ name }, body) => {
      asked.push(name);
      return Promise.resolve(open.includes(name) ? { status: 200, body } : forbidden);
    },
  });
  return { asked, send: (input: object = {}) => send({ contract, input, body: '{}' }) };
};

describe('A request', () => {
  test('goes to the scopes whose role may, until IAM opens one', async () => {
    const { asked, send } = caller(['factory']);
    expect(await send()).toEqual({ status: 200, body: '{}' });
    expect(asked).toEqual(['operator', 'factory']);
  });

  test('goes first to the scope that opened before', async () => {
    const { asked, send } = caller(['factory']);
    await send();
    await send();
    expect(asked).toEqual(['operator', 'factory', 'factory']);
  });

  test('goes to no scope that does not reach its line', async () => {
    const { asked, send } = caller(['plant-7']);
    await send({ line: 'valve' });
    expect(asked).toEqual(['operator', 'factory', 'plant-7']);
    await expect(caller(['plant-7']).send({ line: 'sensor' })).rejects.toMatchObject({ code: 'ERR_NOT_ALLOWED' });
  });

  test('says which managed policies would open a scope when none does', async () => {
    await expect(caller([]).send()).rejects.toThrow(/"claims.create".*muster-operator, muster-factory, muster-plant-7/);
  });

  test('goes to the scope that was asked for and to no other, whatever its role', async () => {
    const { asked, send } = caller(['auditor', 'operator'], 'auditor');
    await send();
    expect(asked).toEqual(['auditor']);
    await expect(caller(['operator'], 'factory').send()).rejects.toThrow(/muster-factory\./);
  });

  test('cannot go to a scope that there is not', () => {
    expect(() => caller([], 'admin')).toThrow(/no scope "admin"; there are factory, auditor, operator, plant-7/);
  });

  test('takes a refusal of the function for an answer', async () => {
    const refused = { status: 403, body: '{"error":{"code":"ERR_NOT_ALLOWED","message":"no"}}' };
    const send = createSendToScopes({ scopes, wanted: undefined, policyOf: ({ name }) => name, post: () => Promise.resolve(refused) });
    expect(await send({ contract, input: {}, body: '{}' })).toEqual(refused);
  });
});
