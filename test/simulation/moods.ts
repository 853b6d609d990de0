import { MqttSessionError, type MqttSessionErrorCode } from '../../device/mqtt/mqtt-session.ts';
import type { CloudMoods, RequestFate } from '../fakes/rotation-cloud.ts';

type Random = () => number;

const troubles: readonly RequestFate[] = [
  'answer-twice',
  'answer-late',
  'throttle',
  'lose-request',
  'lose-answer',
  'close-before',
  'close-after',
];
const failures: readonly MqttSessionErrorCode[] = ['unreachable', 'lost', 'busy', 'timed-out', 'clock'];

const oneOf = <Value>(random: Random, values: readonly [Value, ...Value[]] | readonly Value[], otherwise: Value): Value =>
  values[Math.floor(random() * values.length)] ?? otherwise;

/** Milliseconds, mostly short and sometimes long: any order of magnitude is as likely as any other. */
export const anyTime = (random: Random, from: number, to: number): number => from * (to / from) ** random();

const delays = { answer: [10, 20_000], sighting: [50, 600_000], retirement: [100, 1_200_000], job: [100, 3_600_000] } as const;

/** A cloud in which that share of everything goes wrong. */
export const stormy = (random: Random, share: number): CloudMoods => ({
  connect: () => (random() < share ? new MqttSessionError(oneOf(random, failures, 'lost'), 'It is stormy.') : undefined),
  request: () => (random() < share ? oneOf(random, troubles, 'answer') : 'answer'),
  delay: (what) => {
    const [from, to] = delays[what];
    return anyTime(random, from, to);
  },
  sightings: () => (random() < share ? 2 : 1),
});
