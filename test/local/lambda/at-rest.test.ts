import { InvokeCommand } from '@aws-sdk/client-lambda';
import { systemClock } from '../../../local/clock.ts';
import { type LambdaFixture, startLambda } from './lambda-fixture.ts';

const source = `export const handler = async ({ ms }) => {
  await new Promise((resolve) => setTimeout(resolve, ms));
  console.log('ended');
};`;

const SOON_MS = 50;

let fixture: LambdaFixture;
beforeEach(async () => {
  fixture = await startLambda(systemClock);
});
afterEach(() => fixture.stop());

const begin = async (ms: number): Promise<string> => {
  const { physicalId: FunctionName } = await fixture.deploy(source, { Timeout: 20 });
  await fixture.client.send(new InvokeCommand({ FunctionName, InvocationType: 'Event', Payload: Buffer.from(JSON.stringify({ ms })) }));
  return FunctionName;
};

const hasEnded = (functionName: string): boolean => fixture.linesOf(functionName).some((line) => line.includes('ended'));

describe('Lambda is at rest', () => {
  test('once what runs has ended, and has been for so long', async () => {
    const slow = await begin(400);
    await fixture.service.atRest(SOON_MS);
    expect(hasEnded(slow)).toBe(true);
    const endedMs = performance.now();
    await fixture.service.atRest(SOON_MS);
    expect(performance.now() - endedMs).toBeGreaterThanOrEqual(SOON_MS - 1);
  });

  test('not while what follows begins within that time', async () => {
    const first = await begin(1);
    const rest = fixture.service.atRest(2_000);
    while (!hasEnded(first)) await new Promise((resolve) => setTimeout(resolve, 5));
    const second = await begin(100);
    await rest;
    expect(hasEnded(second)).toBe(true);
  });
});
