import { ItemsThread } from '../../../../local/dynamodb/items/items-thread.ts';
import { systemClock } from '../../../../local/clock.ts';
import { testAccount } from '../../service-endpoint.ts';

describe('The thread of the items', () => {
  test('answers', async () => {
    const items = new ItemsThread(testAccount, systemClock);
    expect(await items.run('ListTables', {})).toEqual({ TableNames: [] });
    await items.stop();
  });

  test('that is stopped keeps nobody waiting: neither who asked before nor who asks after', async () => {
    const items = new ItemsThread(testAccount, systemClock);
    await items.warmUp();
    const before = items.run('ListTables', {});
    const stopped = items.stop();
    await expect(before).rejects.toThrow('was stopped');
    await stopped;
    await expect(items.run('ListTables', {})).rejects.toThrow('was stopped');
  });

  test('that is stopped before anybody asked starts no more', async () => {
    const items = new ItemsThread(testAccount, systemClock);
    await items.stop();
    await expect(items.run('ListTables', {})).rejects.toThrow('was stopped');
  });
});
