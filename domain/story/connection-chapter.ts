import type { AuditCode, AuditEvent } from '../audit-event.ts';
import { adviceFor } from './advice.ts';
import { stepOf } from './attempt.ts';
import type { Chapter, Step } from './story.ts';

const codes: readonly AuditCode[] = ['connection.granted', 'connection.restricted', 'connection.refused'];

export const isConnection = ({ code }: AuditEvent): boolean => codes.includes(code);

/** Connections of a device that proves itself at each of them. Of some in a row with one outcome, one chapter tells. */
export const connectionChapters = (events: readonly AuditEvent[]): readonly Chapter[] =>
  runsOf(events.filter((event) => isConnection(event) || event.code.startsWith('device.')))
    .filter(([first]) => first !== undefined && isConnection(first))
    .flatMap((run) => chapterOf(run) ?? []);

// Whatever happens to the device in between ends a run.
const runsOf = (events: readonly AuditEvent[]): readonly (readonly AuditEvent[])[] => {
  const runs: AuditEvent[][] = [];
  for (const event of events) {
    const run = runs.at(-1);
    if (run?.[0] !== undefined && isConnection(event) && isAlike(run[0], event)) run.push(event);
    else runs.push([event]);
  }
  return runs;
};

const isAlike = (one: AuditEvent, other: AuditEvent): boolean => one.code === other.code && one.reason === other.reason;

const chapterOf = (run: readonly AuditEvent[]): Chapter | undefined => {
  const [first, last] = [run[0], run.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const { at, correlationId } = first;
  const times = run.length === 1 ? '' : `, ${run.length} times until ${new Date(last.at).toISOString()}`;
  return {
    kind: 'attempt',
    at,
    ...(correlationId === undefined ? {} : { correlationId }),
    steps: [stepOf('connection', { outcome: 'done', what: `connects and presents its proof${times}` }), verdictOn(last)],
  };
};

const verdictOn = ({ at, code, reason }: AuditEvent): Step => {
  if (code === 'connection.granted')
    return stepOf('verdict', { at, outcome: 'done', what: 'lets it in, with what it may do until the connection ends' });
  const wrong = reason === undefined ? 'no reason is on record' : adviceFor[reason].wrong;
  const about = reason === undefined ? {} : { reason };
  if (code === 'connection.refused') return stepOf('verdict', { at, outcome: 'failed', what: `refuses it: ${wrong}`, ...about });
  const open = reason === 'quarantined' ? 'lets it speak of its diagnosis alone' : 'lets it ask what time it is, and nothing else';
  return stepOf('verdict', { at, outcome: 'waiting', what: `${open}: ${wrong}`, ...about });
};
