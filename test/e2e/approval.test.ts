import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestPrincipal, aUser } from './drivers/principals.ts';
import { runProgram } from './drivers/program.ts';
import { enrollRows, requestOf, send } from './drivers/proving-device.ts';
import { type Stage, aClaim, enrollmentOf, openStage } from './drivers/stage.ts';

const line = 'camera';
const serial = 'CAM-1';
const means = { kind: 'enrollment-code', code: 'K7RM42XW' } as const;

let stage: Stage;
let directory: string;
let security: TestPrincipal;
let claim: Awaited<ReturnType<typeof aClaim>>;

beforeAll(async () => {
  stage = await openStage();
  directory = await mkdtemp(join(tmpdir(), 'muster-approval-'));
  security = await aUser({ shared: stage.shared, configuration: stage.fleet.operator.configuration }, 'security');
  claim = await aClaim(stage, line, 20);
  await enrollRows(stage, [{ serial, line, enrollment_code: 'K7RM-42XW' }]);
}, 60_000);

afterAll(async () => {
  await rm(directory, { recursive: true });
  await stage.close();
});

const muster = (...parameters: readonly string[]) =>
  runProgram({ script: 'cli/main.ts', parameters, environment: security.environment, directory });

const refusedFor = (reason: string) => ({ result: 'rejected', record: { code: 'admission.refused', reason } });

test('A device of a line that demands approval comes in with the key that an operator said yes to, and with no other', async () => {
  const mine = await requestOf(claim, { line, serial, means });
  expect(await send(stage, claim, mine)).toMatchObject({ result: 'rejected', record: { code: 'admission.held' } });
  expect(await enrollmentOf(stage, line, serial)).toMatchObject({ state: 'pending' });
  // Asking again is no other request; asking with another key is.
  expect(await send(stage, claim, mine)).toMatchObject(refusedFor('pending-approval'));
  const other = await requestOf(claim, { line, serial, means });
  expect(await send(stage, claim, other)).toMatchObject({ result: 'rejected' });

  const approved = await muster('devices', 'approve', serial);
  expect({ code: approved.code, error: approved.error }).toEqual({ code: 0, error: '' });

  expect(await send(stage, claim, other)).toMatchObject({ result: 'rejected' });
  expect(await send(stage, claim, mine)).toMatchObject({ result: 'accepted' });
  expect(await enrollmentOf(stage, line, serial)).toMatchObject({ state: 'admitted' });
}, 120_000);
