import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import {
  BatchWriteItemCommand,
  GetItemCommand,
  PutItemCommand,
  ScanCommand,
  TransactGetItemsCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { DynamodbFixture } from './dynamodb-fixture.ts';
import { startDynamodb } from './dynamodb-fixture.ts';

let dynamodb: DynamodbFixture;
let TableName: string;

beforeAll(async () => {
  dynamodb = await startDynamodb();
});

beforeEach(async () => {
  TableName = await dynamodb.newTable();
});

afterAll(() => dynamodb.stop());

const id = (value: string) => ({ id: { S: value } });
const put = (value: string, more: object = {}): TransactWriteItem => ({ Put: { TableName, Item: { ...id(value), ...more } } });
const putNew = (value: string): TransactWriteItem => ({
  Put: { TableName, Item: id(value), ConditionExpression: 'attribute_not_exists(id)', ReturnValuesOnConditionCheckFailure: 'ALL_OLD' },
});
const transact = (TransactItems: TransactWriteItem[], ClientRequestToken?: string) =>
  dynamodb.client.send(new TransactWriteItemsCommand({ TransactItems, ClientRequestToken }));
const read = async (value: string) => (await dynamodb.client.send(new GetItemCommand({ TableName, Key: id(value) }))).Item;

const reasonsOf = async (transaction: Promise<unknown>): Promise<readonly (string | undefined)[]> => {
  const failure: unknown = await transaction.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (failure instanceof TransactionCanceledException) return (failure.CancellationReasons ?? []).map(({ Code }) => Code);
  throw failure instanceof Error ? failure : new Error('the transaction succeeded');
};

describe('a transaction', () => {
  test('puts, updates, deletes and checks together', async () => {
    await transact([put('gone'), put('checked', { state: { S: 'open' } }), put('counted', { used: { N: '1' } })]);
    await transact([
      put('new'),
      { Delete: { TableName, Key: id('gone') } },
      {
        Update: {
          TableName,
          Key: id('counted'),
          UpdateExpression: 'SET used = used + :one',
          ExpressionAttributeValues: { ':one': { N: '1' } },
        },
      },
      {
        ConditionCheck: {
          TableName,
          Key: id('checked'),
          ConditionExpression: '#state = :open',
          ExpressionAttributeNames: { '#state': 'state' },
          ExpressionAttributeValues: { ':open': { S: 'open' } },
        },
      },
    ]);
    const items = await Promise.all(['new', 'gone', 'counted', 'checked'].map(read));
    expect(items).toEqual([id('new'), undefined, { ...id('counted'), used: { N: '2' } }, { ...id('checked'), state: { S: 'open' } }]);
  });

  test('does nothing when one condition fails, and says which and why', async () => {
    await transact([put('taken', { owner: { S: 'a' } })]);
    const failure: unknown = await transact([put('x'), putNew('taken'), put('y')]).catch((thrown: unknown) => thrown);
    expect(failure).toBeInstanceOf(TransactionCanceledException);
    expect(failure).toMatchObject({
      message: 'Transaction cancelled, please refer cancellation reasons for specific reasons [None, ConditionalCheckFailed, None]',
      CancellationReasons: [
        { Code: 'None' },
        { Code: 'ConditionalCheckFailed', Message: 'The conditional request failed', Item: { ...id('taken'), owner: { S: 'a' } } },
        { Code: 'None' },
      ],
    });
    expect(await read('x')).toBeUndefined();
    expect(await read('y')).toBeUndefined();
  });

  test('keeps the item to itself unless asked for it', async () => {
    await transact([put('taken')]);
    const condition: TransactWriteItem = { Put: { TableName, Item: id('taken'), ConditionExpression: 'attribute_not_exists(id)' } };
    const failure: unknown = await transact([condition]).catch((thrown: unknown) => thrown);
    expect(failure instanceof TransactionCanceledException && failure.CancellationReasons?.[0]?.Item).toBeUndefined();
  });

  test('reports an update that cannot be applied as a reason', async () => {
    await transact([put('text', { used: { S: 'x' } })]);
    const update: TransactWriteItem = {
      Update: { TableName, Key: id('text'), UpdateExpression: 'ADD used :one', ExpressionAttributeValues: { ':one': { N: '1' } } },
    };
    expect(await reasonsOf(transact([put('other'), update]))).toEqual(['None', 'ValidationError']);
    expect(await read('other')).toBeUndefined();
  });

  test.each<[string, () => TransactWriteItem[]]>([
    ['nothing', () => []],
    ['101 items', () => Array.from({ length: 101 }, (_, index) => put(`i${index}`))],
    ['one item twice', () => [put('a'), { Delete: { TableName, Key: id('a') } }]],
    ['an entry with two actions', () => [{ ...put('a'), Delete: { TableName, Key: id('b') } }]],
    ['an entry with none', () => [{}]],
    ['a broken expression', () => [{ Delete: { TableName, Key: id('a'), ConditionExpression: 'attribute_exists(' } }]],
  ])('of %s is refused', async (_, items) => {
    await expect(transact(items())).rejects.toMatchObject({ name: 'ValidationException' });
  });

  test('on a table that is not there is refused', async () => {
    await expect(transact([{ Put: { TableName: 'nowhere', Item: id('a') } }])).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  test('of a hundred items passes', async () => {
    await transact(Array.from({ length: 100 }, (_, index) => put(`i${index}`)));
    expect((await dynamodb.client.send(new ScanCommand({ TableName }))).Count).toBe(100);
  });
});

describe('racing', () => {
  test('two transactions on one item: exactly one wins, the other is told of the conflict or the condition', async () => {
    for (let round = 0; round < 50; round += 1) {
      const outcomes = await Promise.allSettled([transact([putNew(`r${round}`)]), transact([putNew(`r${round}`)])]);
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      const [loser] = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as unknown] : []));
      expect(loser).toBeInstanceOf(TransactionCanceledException);
    }
  });

  test('transactions in flight at one moment conflict, they do not queue', async () => {
    const codes = await Promise.all(
      Array.from({ length: 20 }, () =>
        transact([put('hot')]).then(
          () => 'won',
          () => 'conflict',
        ),
      ),
    );
    expect(codes).toContain('won');
    expect(codes).toContain('conflict');
  });

  test('a plain write to an item in a transaction is refused', async () => {
    const many = Array.from({ length: 50 }, (_, index) => put(index === 0 ? 'hot' : `cold${index}`));
    const refusals: unknown[] = [];
    const repeat = async (times: number, attempt: () => Promise<unknown>): Promise<void> => {
      for (let round = 0; round < times; round += 1) await attempt().catch((thrown: unknown) => refusals.push(thrown));
    };
    const putting = (): Promise<void> => repeat(100, () => dynamodb.client.send(new PutItemCommand({ TableName, Item: id('hot') })));
    await Promise.all([repeat(30, () => transact(many)), putting(), putting(), putting()]);
    expect(refusals).not.toHaveLength(0);
    for (const refusal of refusals) expect(refusal).toMatchObject({ name: 'TransactionConflictException' });
  });

  test('ten conditional puts at once: one wins, nine fail their condition', async () => {
    const condition = { ConditionExpression: 'attribute_not_exists(id)' };
    const puts = Array.from({ length: 10 }, () => dynamodb.client.send(new PutItemCommand({ TableName, Item: id('one'), ...condition })));
    const outcomes = await Promise.allSettled(puts);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ name: 'ConditionalCheckFailedException' });
    }
  });

  test('a counter keeps every increment, whoever makes it', async () => {
    await transact([put('counter', { n: { N: '0' } })]);
    const increment = { TableName, Key: id('counter'), UpdateExpression: 'ADD n :one', ExpressionAttributeValues: { ':one': { N: '1' } } };
    const attempts = Array.from({ length: 40 }, (_, index) =>
      index % 2 === 0 ? transact([{ Update: increment }]) : dynamodb.client.send(new UpdateItemCommand(increment)),
    );
    const outcomes = await Promise.allSettled(attempts as Promise<unknown>[]);
    const done = outcomes.filter(({ status }) => status === 'fulfilled').length;
    expect((await read('counter'))?.['n']).toEqual({ N: String(done) });
  });
});

describe('a client request token', () => {
  test('makes a repeated transaction happen once', async () => {
    const count: TransactWriteItem = {
      Update: { TableName, Key: id('n'), UpdateExpression: 'ADD n :one', ExpressionAttributeValues: { ':one': { N: '1' } } },
    };
    await transact([count], 'token-1');
    await transact([count], 'token-1');
    expect((await read('n'))?.['n']).toEqual({ N: '1' });
    dynamodb.clock.advance(600_001);
    await transact([count], 'token-1');
    expect((await read('n'))?.['n']).toEqual({ N: '2' });
  });

  test('refuses another transaction under it', async () => {
    await transact([put('a')], 'token-2');
    await expect(transact([put('b')], 'token-2')).rejects.toMatchObject({ name: 'IdempotentParameterMismatchException' });
  });

  test('of a cancelled transaction can be used again', async () => {
    await transact([put('a')]);
    expect(await reasonsOf(transact([putNew('a')], 'token-3'))).toEqual(['ConditionalCheckFailed']);
    expect(await reasonsOf(transact([putNew('a')], 'token-3'))).toEqual(['ConditionalCheckFailed']);
  });
});

describe('beside transactions', () => {
  test('a transactional read gives items in order, and nothing for what is not there', async () => {
    await transact([put('a'), put('b')]);
    const TransactItems = ['b', 'missing', 'a'].map((value) => ({ Get: { TableName, Key: id(value) } }));
    const { Responses } = await dynamodb.client.send(new TransactGetItemsCommand({ TransactItems }));
    expect(Responses?.map(({ Item }) => Item)).toEqual([id('b'), undefined, id('a')]);
  });

  test('consumed capacity counts double', async () => {
    const command = new TransactWriteItemsCommand({ TransactItems: [put('a'), put('b')], ReturnConsumedCapacity: 'TOTAL' });
    const { ConsumedCapacity } = await dynamodb.client.send(command);
    expect(ConsumedCapacity).toEqual([{ TableName, CapacityUnits: 4 }]);
  });

  test('a batch write goes on without transactions', async () => {
    const RequestItems = { [TableName]: ['a', 'b'].map((value) => ({ PutRequest: { Item: id(value) } })) };
    const { UnprocessedItems } = await dynamodb.client.send(new BatchWriteItemCommand({ RequestItems }));
    expect(UnprocessedItems).toEqual({});
    expect(await read('b')).toEqual(id('b'));
  });
});
