import { createIotConnections } from '../../../aws/iot/connections.ts';
import { type LocalAws, startLocalAws } from '../../../local/main.ts';

let aws: LocalAws;
beforeAll(async () => {
  aws = await startLocalAws();
  Object.assign(process.env, aws.environment);
});
afterAll(() => aws.stop());

describe('Ending connections', () => {
  test('says that a client is gone where there is none', async () => {
    expect(await createIotConnections().end('nobody')).toBe('gone');
  });

  test('keeps to the one a second that AWS IoT takes of each client id: it waits, and does not give up', async () => {
    const connections = createIotConnections();
    expect(await Promise.all([connections.end('again'), connections.end('again'), connections.end('again')])).toEqual([
      'gone',
      'gone',
      'gone',
    ]);
  });
});
