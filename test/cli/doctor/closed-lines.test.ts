import { createOperationsClient } from '../../../aws/operations/operations-client.ts';
import type { OperationsClient } from '../../../domain/operations-client.ts';
import { NOON } from '../../builders/enrollment.ts';
import { type DoctoredAccount, openDoctoredAccount } from './doctored-account.ts';

let account: DoctoredAccount;
beforeAll(async () => {
  account = await openDoctoredAccount();
});
afterAll(() => account.aws.stop());

const configuration = { lines: [{ name: 'pump', closed: true }, { name: 'valve' }] };
const device = (state: string) => ({ line: 'pump', serialNumber: 'SN-1', tenant: 'acme', state, lastEvent: { at: NOON, code: 'x' } });
const claimOf = (line: string, state: 'open' | 'closed') => ({
  ...{ name: 'batch-7', line, state, quota: 10, admitted: 0, expiresAt: NOON },
  certificates: [{ certificateId: 'a'.repeat(64), state, opensAt: NOON, expiresAt: NOON }],
});

/** Operations that answer lists of these, whoever asks. */
const listing = ({
  claims = [],
  pages = [[]],
}: {
  claims?: readonly object[];
  pages?: readonly (readonly object[])[];
}): OperationsClient => {
  let page = 0;
  return createOperationsClient(({ contract }) => {
    if (contract.name === 'claims.list') return answer({ claims });
    const devices = pages[page] ?? [];
    page += 1;
    return answer({ devices, ...(page < pages.length ? { next: `page-${page}` } : {}) });
  });
};

const answer = (output: object) => Promise.resolve({ status: 200, body: JSON.stringify({ output }) });

const found = async (operations: OperationsClient, wanted: object = configuration): Promise<readonly string[]> =>
  (await account.examine('closed-lines', { operations, configuration: wanted })).map(({ level, what }) => `${level}: ${what}`);

describe('Of closed lines the doctor', () => {
  test('says nothing where there is none', async () => {
    expect(await found(listing({}), { lines: [{ name: 'valve' }] })).toEqual(['ok: no line is closed']);
  });

  test('says which may go, with nothing but tombstones and claims of others left', async () => {
    const operations = listing({ pages: [[device('decommissioned')]], claims: [claimOf('valve', 'open'), claimOf('pump', 'closed')] });
    expect(await found(operations)).toEqual(['ok: the line "pump" is closed and empty: it can be taken out of the configuration']);
  });

  test('says what keeps the others: a device, on whatever page, and an open claim', async () => {
    const operations = listing({ pages: [[], [device('decommissioned')], [device('revoked')]], claims: [claimOf('pump', 'open')] });
    expect(await found(operations)).toEqual([
      'note: the line "pump" is closed, and has devices, "SN-1" for one',
      'note: the claim "batch-7" of the closed line "pump" is open',
    ]);
  });
});
