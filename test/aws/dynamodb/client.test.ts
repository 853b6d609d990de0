import { type AddressInfo, type Server, createServer } from 'node:net';
import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { createImpatientDynamoDbClient } from '../../../aws/dynamodb/client.ts';
import { DEADLINE_MS } from '../../../lambdas/pre-provisioning-hook/hook.ts';

let server: Server;
const saved = { ...process.env };
beforeAll(async () => {
  // Takes every connection and never says a word.
  server = createServer((socket) => socket.on('error', () => undefined).resume());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_DYNAMODB: `http://127.0.0.1:${port}`,
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'a',
    AWS_SECRET_ACCESS_KEY: 'b',
  });
});
afterAll(() => {
  process.env = saved;
  server.close();
});

const read = new GetItemCommand({ TableName: 'T', Key: { pk: { S: 'a' }, sk: { S: 'a' } } });

test('F5: A DynamoDB that hangs is given up, every try included, before the deadline of the hook', async () => {
  const client = createImpatientDynamoDbClient();
  // A timer beside it is as late as its own on a machine that is busy.
  let isOver = false;
  const deadline = setTimeout(() => {
    isOver = true;
  }, DEADLINE_MS);
  await expect(client.send(read)).rejects.toMatchObject({ name: 'TimeoutError', $metadata: { attempts: 3 } });
  clearTimeout(deadline);
  expect(isOver).toBe(false);
  client.destroy();
});

test('F5: A request that is under way ends at once when it is told to', async () => {
  const client = createImpatientDynamoDbClient();
  const abort = new AbortController();
  const sending = client.send(read, { abortSignal: abort.signal });
  setTimeout(() => {
    abort.abort();
  }, 20);
  await expect(sending).rejects.toMatchObject({ name: 'AbortError' });
  client.destroy();
});
