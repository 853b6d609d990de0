export type JobRequestName = 'getPending' | 'startNext' | 'describe' | 'update';

export interface JobTopic {
  readonly thingName: string;
  /** Undefined where the topic belongs to the service and means no request. */
  readonly request: { readonly name: JobRequestName; readonly jobId: string } | undefined;
}

const thing = /^[a-zA-Z0-9:_-]{1,128}$/;

const job = /^(?:\$next|[a-zA-Z0-9_-]{1,64})$/;

/** What the service says itself; clients may not. */
const answers = ['accepted', 'rejected', 'notify', 'notify-next'];

const requestOf = ([first = '', second, ...rest]: readonly string[]): JobTopic['request'] => {
  if (rest.length > 0) return undefined;
  if (second === undefined) {
    if (first === 'get') return { name: 'getPending', jobId: '' };
    return first === 'start-next' ? { name: 'startNext', jobId: '' } : undefined;
  }
  if (second === 'get' && job.test(first)) return { name: 'describe', jobId: first };
  return second === 'update' && job.test(first) ? { name: 'update', jobId: first } : undefined;
};

/** Reads `$aws/things/<thing>/jobs/…` (DG:reserved-topics); undefined for any other topic and for what clients may not publish. */
export const parseJobTopic = (topic: string): JobTopic | undefined => {
  const [aws, things, thingName = '', jobs, ...rest] = topic.split('/');
  const isOurs = aws === '$aws' && things === 'things' && jobs === 'jobs' && thing.test(thingName) && rest.length > 0;
  if (!isOurs || answers.includes(rest.at(-1) ?? '')) return undefined;
  return { thingName, request: requestOf(rest) };
};

const isWild = (level: string): boolean => level === '+' || level === '#';

/** The levels behind `jobs/` of what clients may listen to. `+` stands for a job's id. */
const answerShapes = [
  ['notify'],
  ['notify-next'],
  ...['accepted', 'rejected'].flatMap((answer) => [
    ['get', answer],
    ['start-next', answer],
    ['+', 'get', answer],
    ['+', 'update', answer],
  ]),
];

const fits = (level: string, expected: string): boolean => isWild(level) || (expected === '+' ? job.test(level) : level === expected);

const covers = (filter: readonly string[], shape: readonly string[]): boolean => {
  const isDeep = filter.at(-1) === '#';
  const levels = isDeep ? filter.slice(0, -1) : filter;
  if (isDeep ? levels.length > shape.length : levels.length !== shape.length) return false;
  return levels.every((level, index) => fits(level, shape[index] ?? ''));
};

/** Whether a subscription to the filter can bring answers or notifications. */
export const isJobFilter = (filter: string): boolean => {
  const [aws, things, thingName = '', jobs, ...rest] = filter.split('/');
  if (aws !== '$aws' || things !== 'things') return false;
  if (thingName === '#') return jobs === undefined;
  if (thingName !== '+' && !thing.test(thingName)) return false;
  if (jobs === '#') return rest.length === 0;
  return (jobs === 'jobs' || jobs === '+') && answerShapes.some((shape) => covers(rest, shape));
};
