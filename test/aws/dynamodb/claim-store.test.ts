import { createDynamoDbClaimStore } from '../../../aws/dynamodb/claim-store.ts';
import { createDynamoDbEnrollmentStore } from '../../../aws/dynamodb/enrollment-store.ts';
import { claimEvent } from '../../../domain/claim/claim-event.ts';
import type { ClaimStore } from '../../../domain/claim/claim-ports.ts';
import { aClaim } from '../../builders/claim.ts';
import { NOON } from '../../builders/enrollment.ts';
import { aCertificateId, aClaimName, aKey } from '../../builders/identifiers.ts';
import { InMemoryClaimStore } from '../../fakes/in-memory-claim-store.ts';
import { type LocalDynamoDb, startDynamoDb } from '../../fakes/local-dynamodb.ts';

let dynamoDb: LocalDynamoDb;
beforeAll(async () => {
  dynamoDb = await startDynamoDb();
});
afterAll(() => dynamoDb.stop());

const HOUR_MS = 3_600_000;
const claim = aClaim({ admitted: 7, contact: 'line 7' });
const NEXT = aCertificateId('next');
const next = aClaim({ certificateId: NEXT, countsOn: claim.certificateId });

const closing = (more: { readonly at?: number } = {}) =>
  claimEvent('claim.closed', claim, { id: 'closed', at: NOON, actor: { kind: 'service', name: 'test' }, ...more });

const stores: Readonly<Record<string, () => Promise<ClaimStore>>> = {
  'in DynamoDB': async () => createDynamoDbClaimStore(dynamoDb.client, await dynamoDb.newTable()),
  'in memory': () => Promise.resolve(new InMemoryClaimStore()),
};

describe.each(Object.entries(stores))('A claim store %s', (_, newStore) => {
  test('keeps a claim under its name', async () => {
    const store = await newStore();
    expect(await store.create(claim, aKey('claim'))).toBe('written');
    expect(await store.entryOf(claim.name)).toEqual({
      ...{ name: claim.name, line: claim.line, certificates: [claim.certificateId], key: aKey('claim'), isClosed: false },
    });
    expect(await store.readClaims([NEXT, claim.certificateId])).toEqual([claim]);
    expect(await store.entryOf(aClaimName('other'))).toBeUndefined();
  });

  test('takes a name once and a certificate once, whoever is faster', async () => {
    const store = await newStore();
    const outcomes = await Promise.all([store.create(claim, aKey('claim')), store.create(aClaim({ certificateId: NEXT }), aKey('other'))]);
    expect(outcomes.toSorted()).toEqual(['conflict', 'written']);
    expect(await store.create(aClaim({ ...claim, name: aClaimName('other') }), aKey('x'))).toBe('conflict');
    expect(await store.entryOf(aClaimName('other'))).toBeUndefined();
  });

  test('rotates: another certificate under the name, a shorter life for the one before', async () => {
    const store = await newStore();
    await store.create(claim, aKey('claim'));
    const entry = await store.entryOf(claim.name);
    if (entry === undefined) throw new Error('No entry.');
    const rotation = { entry, next, key: aKey('next'), overlapUntil: NOON + HOUR_MS };
    expect(await store.rotate(rotation)).toBe('written');
    expect(await store.entryOf(claim.name)).toMatchObject({ certificates: [claim.certificateId, NEXT], key: aKey('next') });
    expect(await store.readClaims([claim.certificateId, NEXT])).toEqual([{ ...claim, expiresAt: NOON + HOUR_MS }, next]);
    expect(await store.rotate({ ...rotation, next: aClaim({ certificateId: aCertificateId('third') }) })).toBe('conflict');
  });

  test('rotates no claim that was closed meanwhile', async () => {
    const store = await newStore();
    await store.create(claim, aKey('claim'));
    const entry = await store.entryOf(claim.name);
    if (entry === undefined) throw new Error('No entry.');
    await store.close(claim, closing());
    expect(await store.rotate({ entry, next, key: aKey('next'), overlapUntil: NOON + HOUR_MS })).toBe('conflict');
    expect(await store.readClaims([NEXT])).toEqual([]);
  });

  test('closes for good, and keeps the event of the first closing', async () => {
    const store = await newStore();
    await store.create(claim, aKey('claim'));
    const closed = { ...claim, state: 'closed', lastEvent: closing() };
    expect(await store.close(claim, closing())).toEqual(closed);
    expect(await store.close(claim, closing({ at: NOON + 1 }))).toEqual(closed);
    expect(await store.readClaims([claim.certificateId])).toEqual([closed]);
  });

  test('refuses to close what there is not', async () => {
    const store = await newStore();
    await expect(store.close(claim, closing())).rejects.toThrow();
    expect(await store.readClaims([claim.certificateId])).toEqual([]);
  });

  test('lists names in their order, page by page, closed ones only where they are asked for', async () => {
    const store = await newStore();
    for (const name of ['c', 'a', 'b']) {
      await store.create(aClaim({ name: aClaimName(name), certificateId: aCertificateId(name) }), aKey(name));
    }
    await store.markClosed(aClaimName('b'));
    const names = async (onlyOpen: boolean) => {
      const found: string[] = [];
      let page = await store.list({ limit: 2, onlyOpen });
      found.push(...page.entries.map(({ name }) => name));
      while (page.next !== undefined) {
        page = await store.list({ after: page.next, limit: 2, onlyOpen });
        found.push(...page.entries.map(({ name }) => name));
      }
      return found;
    };
    expect(await names(false)).toEqual(['a', 'b', 'c']);
    expect(await names(true)).toEqual(['a', 'c']);
  });
});

describe('A claim store in the table of the hook', () => {
  test('writes what the hook reads', async () => {
    const tableName = await dynamoDb.newTable();
    const store = createDynamoDbClaimStore(dynamoDb.client, tableName);
    const hook = createDynamoDbEnrollmentStore({ client: dynamoDb.client, tableName });
    await store.create(claim, aKey('claim'));
    expect(await hook.readClaim(claim.certificateId)).toEqual(claim);
    await store.close(claim, closing());
    expect(await hook.readClaim(claim.certificateId)).toMatchObject({ state: 'closed', admitted: 7 });
  });

  test('closes without a scan and lists by one query', async () => {
    const store = createDynamoDbClaimStore(dynamoDb.client, await dynamoDb.newTable());
    await store.create(claim, aKey('claim'));
    dynamoDb.takeSent();
    await store.close(claim, closing());
    await store.list({ limit: 100, onlyOpen: true });
    expect(dynamoDb.takeSent()).toEqual(['UpdateItemCommand', 'QueryCommand']);
  });
});
