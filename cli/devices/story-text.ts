import type { Chapter, Step, Story } from '../../domain/story/story.ts';
import { paint } from '../output/paint.ts';
import { visible } from '../output/visible-text.ts';

const marks: Readonly<Record<Step['outcome'], { readonly mark: string; readonly format: Parameters<typeof paint>[0] }>> = {
  done: { mark: '✓', format: 'green' },
  failed: { mark: '✗', format: 'red' },
  waiting: { mark: '…', format: 'yellow' },
  unknown: { mark: '?', format: 'dim' },
};

const laneNames = { operator: 'operator', device: 'device', platform: 'platform', ca: 'CA' } as const;
const LANE_WIDTH = 8;

/** A story for people, line by line. What a device said reaches the terminal only as what can be seen. */
export const storyText = (story: Story): string =>
  [titleOf(story), ...story.chapters.flatMap(chapterLines), '', ...conclusionLines(story)].join('\n');

const titleOf = ({ serialNumber, line, tenant, state, since, isWhole }: Story): string => {
  const place = line === undefined ? '' : ` of line ${line}${tenant === undefined ? '' : `, tenant ${tenant}`}`;
  const read = `Audit log since ${time(since)}${isWhole ? '' : ', not to its end: narrow it with --since'}.`;
  return `Device "${visible(serialNumber)}"${place}: ${state ?? 'not enrolled'}. ${read}`;
};

const chapterLines = (chapter: Chapter): readonly string[] => {
  const { kind, at, correlationId, claim, address, steps } = chapter;
  const about = [claim && `claim ${claim}`, address && `from ${address}`, correlationId].filter(
    (part) => part !== undefined && part !== '',
  );
  const head =
    kind === 'attempt' ? [paint('bold', `${time(at)}  attempt${about.length === 0 ? '' : ` (${visible(about.join(', '))})`}`)] : [];
  return ['', ...head, ...steps.flatMap((step) => stepLines(step, kind))];
};

const stepLines = (step: Step, kind: Chapter['kind']): readonly string[] => {
  const { mark, format } = marks[step.outcome];
  const lanes = `${laneNames[step.from].padStart(LANE_WIDTH)} → ${laneNames[step.to].padEnd(LANE_WIDTH)}`;
  const when = kind === 'change' && step.at !== undefined ? `${time(step.at)}  ` : '  ';
  return [
    `${when}${paint(format, mark)} ${lanes} ${visible(step.what)}`,
    ...detailsOf(step).map((detail) => paint('dim', `      ${detail}`)),
  ];
};

const detailsOf = ({ reason, certificateId, keyDigest, boundKeyDigest }: Step): readonly string[] => [
  ...(reason === undefined ? [] : [`reason       ${reason}`]),
  ...(certificateId === undefined ? [] : [`certificate  ${certificateId}`]),
  ...(keyDigest === undefined ? [] : [`key          ${keyDigest}`]),
  ...(boundKeyDigest === undefined ? [] : [`bound to     ${boundKeyDigest}`]),
];

const conclusionLines = ({ conclusion }: Story): readonly string[] => [
  paint('bold', visible(conclusion.said)),
  ...(conclusion.exchange === undefined ? [] : [`It is about the exchange "${conclusion.exchange}".`]),
  ...conclusion.todo.map((todo) => `  - ${visible(todo)}`),
];

const time = (ms: number): string => new Date(ms).toISOString();
