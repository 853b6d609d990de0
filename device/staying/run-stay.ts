import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { parseStayOptions, type StayOptions } from '../connection-options.ts';
import { nodeFileSystem } from '../store/file-system.ts';
import { resultOfFailure } from '../failure.ts';
import { parseMessageLine, writeMessageLine } from './message-lines.ts';
import { Outbox } from './outbox.ts';
import { exitCodes } from '../outcome.ts';
import { entrancePortsOf, entranceSettingsOf, systemRandom } from '../program-ports.ts';
import { describeOutcome } from '../report.ts';
import { describeRotationProgress } from '../rotation/describe-rotation.ts';
import type { RotationProgress } from '../rotation/rotation-outcome.ts';
import { fileRotationStore } from '../rotation/rotation-store.ts';
import { stay, type StayEnd, type StayPorts } from './stay.ts';
import { systemClock } from '../clock.ts';

/** AWS IoT takes 100 that are not acknowledged, and as many in a second. */
const AT_ONCE = 20;
/** Lines are read no further while so many wait. */
const WAITING_AT_MOST = 1_000;

/** What the command reads and writes. */
export interface Streams {
  readonly input: Readable;
  readonly output: Writable;
  readonly error: (line: string) => void;
  readonly stop: AbortSignal;
}

/** `muster-device stay`, from its raw options to its exit code. */
export const runStay = async (rawOptions: unknown, streams: Streams): Promise<number> => {
  const end = await stayWith(rawOptions, streams);
  if (end.outcome !== 'left') {
    streams.error(describeOutcome(end));
    return exitCodes[end.outcome];
  }
  streams.error(end.unsent === 0 ? 'Left.' : `Left with ${end.unsent} messages that were not taken over; they are lost.`);
  return end.unsent === 0 ? 0 : exitCodes['try-again'];
};

const stayWith = async (rawOptions: unknown, streams: Streams): Promise<StayEnd> => {
  try {
    const options = parseStayOptions(rawOptions);
    const ports = await entrancePortsOf(options, { out: () => undefined, error: streams.error });
    const outbox = outboxOf(options, streams);
    const reading = readLines(streams, outbox);
    const { timeout: timeoutMs, subscribe, keepSession } = options;
    const settings = { ...entranceSettingsOf(options), timeoutMs, subscribe, keepsSeconds: Math.floor(keepSession / 1_000) };
    const deliver = (message: Parameters<typeof writeMessageLine>[0]) => write(streams.output, `${writeMessageLine(message)}\n`);
    const rotation = rotationOf(options, streams);
    return await stay(settings, { ...ports, outbox, deliver, stop: streams.stop, ...rotation }).finally(reading.close);
  } catch (error) {
    const result = resultOfFailure(error);
    if (result.outcome === 'retry') return { outcome: result.ending, message: result.message };
    if (result.outcome === 'onboarded') throw error;
    return result;
  }
};

const rotationOf = ({ rotate, credentialFile, state }: StayOptions, { error }: Streams): Pick<StayPorts, 'rotation'> => {
  const notify = (progress: RotationProgress) => {
    error(describeRotationProgress(progress));
  };
  const location = { credentialFile, directory: state, fileSystem: nodeFileSystem };
  return rotate ? { rotation: { location, store: fileRotationStore(state), notify } } : {};
};

const outboxOf = ({ mqttVersion }: StayOptions, { error }: Streams): Outbox =>
  new Outbox({
    clock: systemClock,
    random: systemRandom.fraction,
    atOnce: mqttVersion === '5' ? AT_ONCE : 1,
    refused: ({ topic }, why) => {
      error(`A message on ${topic} was given up. ${why}`);
    },
  });

const readLines = ({ input, error }: Streams, outbox: Outbox): { readonly close: () => void } => {
  const lines = createInterface({ input });
  let number = 0;
  lines.on('line', (text) => {
    number += 1;
    const message = parseMessageLine(text);
    if (message === undefined) error(`Line ${number} is no message; expected {"topic": "...", "payload": "..."}.`);
    else outbox.put(message);
    if (outbox.size >= WAITING_AT_MOST) void pauseUntilEased(lines, outbox);
  });
  return {
    close: () => {
      lines.close();
      input.destroy();
    },
  };
};

const pauseUntilEased = async (lines: ReturnType<typeof createInterface>, outbox: Outbox): Promise<void> => {
  lines.pause();
  await outbox.eased(WAITING_AT_MOST / 2);
  lines.resume();
};

const write = (output: Writable, text: string): Promise<void> =>
  new Promise((resolve, reject) => {
    output.write(text, (error) => {
      if (error === null || error === undefined) resolve();
      else reject(error);
    });
  });
