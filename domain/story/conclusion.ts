import type { AuditCode } from '../audit-event.ts';
import type { Enrollment } from '../enrollment.ts';
import type { ReasonCode } from '../reason-code.ts';
import { adviceFor } from './advice.ts';
import type { StoryFacts } from './facts.ts';
import type { Chapter, Conclusion, Step } from './story.ts';

/** How things stand with a device, and what to do. */
export const conclude = (facts: StoryFacts, chapters: readonly Chapter[]): Conclusion => {
  const { enrollment } = facts;
  const last = chapters.findLast(({ kind }) => kind === 'attempt')?.steps;
  if (enrollment === undefined) return last === undefined ? unheardOf(facts) : refusal(failureIn(last), facts);
  return (
    barred(enrollment) ??
    contested(enrollment) ??
    waiting(enrollment) ??
    refusedNow(facts, last) ??
    clockless(last) ??
    beforeActive(facts, enrollment, last) ??
    suspected(facts, enrollment) ??
    alive(enrollment)
  );
};

const unheardOf = ({ serialNumber, isWhole, lookAlikes }: StoryFacts): Conclusion => ({
  standing: 'unknown',
  exchange: 'enrollment',
  said: `Nobody enrolled "${serialNumber}", and nobody asked to come in as it${isWhole ? '' : ' in the part of the log that was read'}.`,
  todo: [
    ...lookAlikes.map(takenFor),
    'compare it byte for byte with what the device sends: case, zeros and spaces count',
    'if it is genuine, import it: muster devices import <file>',
    'a device whose request cannot be read leaves no serial: muster audit tail --code admission.refused',
  ],
});

const barredStates = ['quarantined', 'revoked', 'decommissioned'] as const;

const barred = ({ state, serialNumber }: Enrollment): Conclusion | undefined => {
  const found = barredStates.find((one) => one === state);
  if (found === undefined) return undefined;
  const more = found === 'quarantined' ? [`muster devices release ${serialNumber}`] : [];
  return {
    standing: 'barred',
    said: sentence(adviceFor[found].wrong),
    exchange: 'verdict',
    reason: found,
    todo: [adviceFor[found].todo, ...more],
  };
};

const contested = ({ contender, serialNumber }: Enrollment): Conclusion | undefined =>
  contender && {
    standing: 'contested',
    said: 'Two keys claim this serial: one is bound to it, another asked for it.',
    exchange: 'signing-request',
    reason: 'bound-to-another-key',
    todo: [
      adviceFor['bound-to-another-key'].todo,
      `keep one and revoke the other: muster devices resolve ${serialNumber} --keep <first digits of its key>`,
    ],
  };

const waiting = ({ pending, serialNumber }: Enrollment): Conclusion | undefined =>
  pending && {
    standing: 'waiting',
    said: 'It proved itself and waits for an operator.',
    exchange: 'verdict',
    reason: 'pending-approval',
    todo: [`approve its key: muster devices approve ${serialNumber}`, 'the device asks again by itself, at the latest after an hour or so'],
  };

// A refusal counts as long as nothing better came after it.
const refusedNow = (facts: StoryFacts, last: readonly Step[] | undefined): Conclusion | undefined => {
  const failure = last === undefined ? undefined : failureIn(last);
  return failure?.exchange === 'verdict' ? refusal(failure, facts) : undefined;
};

// A proof of another time opens a question about the time; whoever has the answer comes back at once.
const clockless = (last: readonly Step[] | undefined): Conclusion | undefined => {
  const reason = last?.at(-1)?.reason;
  if (reason !== 'proof-outside-its-time') return undefined;
  const { exchange, todo } = adviceFor[reason];
  return { standing: 'waiting', said: 'It was told what time it is, and has not come back since.', exchange, reason, todo: [todo] };
};

const failureIn = (steps: readonly Step[]): Step | undefined => steps.findLast(({ outcome }) => outcome === 'failed');

const refusal = (failure: Step | undefined, facts: StoryFacts): Conclusion => {
  const reason: ReasonCode = failure?.reason ?? 'internal-error';
  const { exchange, wrong, todo } = adviceFor[reason];
  return { standing: 'refused', said: `It was refused: ${wrong}.`, exchange, reason, todo: [todo, ...facts.lookAlikes.map(takenFor)] };
};

const takenFor = (serial: string): string => `it is easily taken for "${serial}", which is enrolled: compare them byte for byte`;

const beforeActive = ({ askedAs }: StoryFacts, enrollment: Enrollment, last: readonly Step[] | undefined): Conclusion | undefined => {
  if (enrollment.state === 'registered' && last === undefined)
    return { ...neverSeen, todo: [...askedAs.map(askedInstead), ...neverSeen.todo] };
  if (enrollment.state === 'registered' && last?.at(-1)?.outcome === 'done') return unseen;
  const stuck = last?.find(({ exchange, outcome }) => exchange === 'provisioning' && outcome === 'failed');
  if (stuck !== undefined) return { standing: 'stuck', said: sentence(stuck.what), exchange: 'provisioning', todo: stuckAdvice };
  return enrollment.state === 'admitted' ? { ...unconnected } : undefined;
};

const askedInstead = (serial: string): string =>
  `somebody was refused as "${serial}", which nobody enrolled: the device may write its serial in another way`;

const neverSeen: Conclusion = {
  standing: 'never-seen',
  said: 'It is enrolled and has never asked to come in, or asked under another name.',
  exchange: 'claim-connection',
  todo: [
    'look whether the device has power, a network that lets TLS to port 8883 or 443 pass, and a clock that is right',
    'if it comes by a claim, look at that: muster claims list; a closed or expired one is not even let in to ask',
    'if it proves itself whenever it connects, look which authorizer it names, and for refusals that carry no serial: muster audit tail --code connection.refused',
    'look for requests that carry another serial or none: muster audit tail --code admission.refused',
    'a claim that connects and never asks stops between the signing request and the registration: look at the firmware',
  ],
};

const stuckAdvice = [
  "look at the registration in AWS IoT's own log (AWSIotLogsV2, event RegisterThing): a policy, a quota or a group of the template",
  'the device asks again by itself; its key is bound and is let in again',
];

// Of whom a release came after it, an operator has judged.
const suspected = ({ events }: StoryFacts, { serialNumber }: Enrollment): Conclusion | undefined => {
  const latest = (wanted: AuditCode): number => Math.max(0, ...events.filter(({ code }) => code === wanted).map(({ at }) => at));
  const [cloned, refused, released] = [latest('device.clone-suspected'), latest('device.publishes-refused'), latest('device.released')];
  if (Math.max(cloned, refused) <= released) return undefined;
  return cloned > released ? twoInOne(cloned, serialNumber) : overreaching(refused, serialNumber);
};

const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

const twoInOne = (at: number, serial: string): Conclusion => ({
  standing: 'suspected',
  said: `It is in, and two devices seem to use its credential: they took the connection from each other, last on ${dayOf(at)}.`,
  exchange: 'connection',
  todo: [
    `look where it is connected from: muster devices show ${serial}`,
    `until you know, take everything but its diagnosis from both: muster devices quarantine ${serial} --reason "copied key"`,
  ],
});

const overreaching = (at: number, serial: string): Conclusion => ({
  standing: 'suspected',
  said: `It is in, and publishes again and again what it may not, last on ${dayOf(at)}.`,
  exchange: 'connection',
  todo: [
    "look in AWS IoT's own log (AWSIotLogsV2, event Publish-In) which topics it tried: a new firmware may have new ones",
    `if nobody knows them, take everything but its diagnosis from it: muster devices quarantine ${serial} --reason "refused topics"`,
  ],
});

const unseen: Conclusion = {
  standing: 'waiting',
  said: 'Its authorizer let it in, and its connection was not seen yet.',
  exchange: 'connection',
  todo: ['wait half a minute; then look whether connections are heard of: muster doctor'],
};

const unconnected: Conclusion = {
  standing: 'stuck',
  said: 'It was let in and has not connected with its own certificate since.',
  exchange: 'connection',
  todo: ['look at the device: did the answer reach it, does it connect under the name of its thing, is its clock right'],
};

const alive = ({ onProbation, serialNumber, certificates }: Enrollment): Conclusion =>
  onProbation === true
    ? {
        standing: 'probation',
        said: 'It is in, on probation: all it has shown is a serial number.',
        exchange: 'connection',
        todo: [`confirm that it is genuine: muster devices approve ${serialNumber}`],
      }
    : {
        standing: 'well',
        said: `It is in, and was seen ${certificates.length === 0 ? 'connected' : 'with its own certificate'}.`,
        todo: [],
      };

const sentence = (words: string): string => `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
