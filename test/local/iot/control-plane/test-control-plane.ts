import { IoTClient } from '@aws-sdk/client-iot';
import type { IotControlPlane } from '../../../../local/iot/control-plane/iot-control-plane.ts';
import { createIotControlPlane } from '../../../../local/iot/control-plane/iot-control-plane.ts';
import { ManualClock } from '../../../../local/manual-clock.ts';
import { serve, testAccount, testStartMs } from '../../service-endpoint.ts';

/** A control plane behind the gateway, and the real SDK's client for it. */
export interface TestControlPlane {
  readonly iot: IoTClient;
  readonly plane: IotControlPlane;
  readonly clock: ManualClock;
  stop(): Promise<void>;
}

export const startControlPlane = async (): Promise<TestControlPlane> => {
  const clock = new ManualClock(testStartMs);
  const plane = createIotControlPlane({ account: testAccount, clock });
  const endpoint = await serve(plane.api);
  const iot = new IoTClient(endpoint.config);
  return {
    iot,
    plane,
    clock,
    stop: async () => {
      iot.destroy();
      await endpoint.stop();
    },
  };
};

/** One control plane for the tests of a file, from before the first to after the last. */
export const useControlPlane = (): Omit<TestControlPlane, 'stop'> => {
  let started: TestControlPlane | undefined;
  const running = (): TestControlPlane => {
    if (started === undefined) throw new Error('The control plane runs only while tests do.');
    return started;
  };
  beforeAll(async () => {
    started = await startControlPlane();
  });
  afterAll(() => running().stop());
  return {
    get iot() {
      return running().iot;
    },
    get plane() {
      return running().plane;
    },
    get clock() {
      return running().clock;
    },
  };
};

/** Expects the SDK's exception of that name and status, its message matching. */
export const expectRefusal = async (outcome: Promise<unknown>, name: string, status: number, message = /./): Promise<void> => {
  await expect(outcome).rejects.toMatchObject({
    name,
    $metadata: { httpStatusCode: status },
    message: expect.stringMatching(message) as string,
  });
};

export const arn = (resource: string): string => `arn:aws:iot:eu-central-1:123456789012:${resource}`;

export const policyDocument = (resource = arn('client/a')): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'iot:Connect', Resource: resource }] });

let count = 0;

/** A name that no other test uses. */
export const fresh = (prefix: string): string => `${prefix}_${++count}`;
