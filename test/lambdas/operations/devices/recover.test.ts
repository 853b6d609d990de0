import { devicesRecover } from '../../../../domain/operations/devices-recover.ts';
import { devicesShow } from '../../../../domain/operations/devices-show.ts';
import { ticketDigestOf } from '../../../../domain/recovery/recovery-ticket.ts';
import { parseConfiguration } from '../../../../domain/configuration.ts';
import { NOON } from '../../../builders/enrollment.ts';
import { inProcessOperations } from '../../../fakes/in-process-operations.ts';
import { ANN, BEN, active } from './device-world.ts';

const HOUR_MS = 3_600_000;
const { serialNumber } = active();
const wish = { serialNumber, note: 'expired in the field', forMs: HOUR_MS };

const aWorld = async (recovery: 'none' | 'ticket' = 'ticket', device = active()) => {
  const configuration = parseConfiguration({ lines: [{ name: 'sensor', recovery }] }, ['pki']);
  const scopes = [
    { name: 'operator', role: 'operator' },
    { name: 'security', role: 'security' },
  ] as const;
  const world = inProcessOperations({ scopes, resources: { configuration } });
  await world.store.register(device);
  const [ann, ben] = [world.clientAs(ANN, 'operator'), world.clientAs(BEN, 'security')];
  return { ...world, ann, ben, read: async () => (await world.store.readMany([device.thingName]))[0] };
};

describe('A ticket for a device whose certificate is over', () => {
  test('takes two people, and goes to the second; its digest is kept', async () => {
    const { ann, ben, read } = await aWorld();
    await expect(ann.call(devicesRecover, wish)).rejects.toThrow('two people');
    expect(await read()).not.toHaveProperty('recovery');
    const { ticket, device } = await ben.call(devicesRecover, wish);
    expect(ticket).toMatchObject({
      ...{
        serialNumber,
        line: 'sensor',
        thingName: 'muster:sensor:SN-1',
        template: 'muster-sensor',
        clientIdPrefix: 'muster-claim-sensor-',
      },
      ...{ authorizer: 'muster-recovery', expiresAt: NOON + HOUR_MS },
    });
    expect(device.recoveryUntil).toBe(NOON + HOUR_MS);
    const kept = await read();
    expect(kept?.recovery).toEqual({ ticket: ticketDigestOf(ticket?.ticket ?? ''), until: NOON + HOUR_MS });
    expect(kept?.lastEvent).toMatchObject({ code: 'device.recovery-opened', proposedBy: ANN, actor: { arn: BEN }, note: wish.note });
    expect(JSON.stringify([kept, await ann.call(devicesShow, { serialNumber })])).not.toContain(ticket?.ticket);
  });

  test('is not made where the line has no such way back, nor for a device that is out', async () => {
    await expect((await aWorld('none')).ann.call(devicesRecover, wish)).rejects.toThrow('no way back by a ticket');
    const revoked = await aWorld('ticket', active({ state: 'revoked' }));
    await expect(revoked.ann.call(devicesRecover, wish)).rejects.toThrow('revoked');
  });

  test('is good for a day at the most', async () => {
    const { ann } = await aWorld();
    await expect(ann.call(devicesRecover, { ...wish, forMs: 25 * HOUR_MS })).rejects.toThrow('forMs');
  });

  test('is not made by a dry run', async () => {
    const { ann, read } = await aWorld();
    expect(await ann.call(devicesRecover, wish, { isDryRun: true })).not.toHaveProperty('ticket');
    expect(await read()).toEqual(active());
  });
});
