import { IoTClient } from '@aws-sdk/client-iot';
import { ManualClock } from '../../local/manual-clock.ts';
import { RunningAws } from '../local/control/running-aws.ts';

/** A local AWS for all tests of a file whose time moves when told to. Each test begins in a new second, so that none is throttled by the one before. */
export const startOnManualClock = async () => {
  const clock = new ManualClock(Date.UTC(2026, 10, 22));
  const local = await RunningAws.start({ clock });
  const iot = new IoTClient(local.config);
  afterAll(async () => {
    iot.destroy();
    await local.stop();
  });
  beforeEach(() => {
    clock.advance(1000);
  });
  return { clock, local, iot };
};
