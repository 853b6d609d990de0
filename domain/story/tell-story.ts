import { chaptersOf } from './chapters.ts';
import { conclude } from './conclusion.ts';
import type { StoryFacts } from './facts.ts';
import type { Chapter, Step, Story } from './story.ts';

/** Tells the onboarding of one device from what is on record. */
export const tellStory = (facts: StoryFacts): Story => {
  const chapters = chaptersOf(facts);
  const { enrollment, serialNumber, since, isWhole } = facts;
  return {
    serialNumber,
    ...(enrollment === undefined
      ? {}
      : { line: enrollment.line, tenant: enrollment.tenant, thingName: enrollment.thingName, state: enrollment.state }),
    since,
    isWhole,
    chapters: [...chapters],
    conclusion: conclude(facts, chapters),
  };
};

/** The same story without where a device called from and what it showed. Names what stays, so that nothing new slips through. */
export const withoutEvidence = (story: Story): Story => ({ ...story, chapters: story.chapters.map(chapterWithoutEvidence) });

const chapterWithoutEvidence = ({ kind, at, correlationId, claim, steps }: Chapter): Chapter => ({
  kind,
  at,
  ...(correlationId === undefined ? {} : { correlationId }),
  ...(claim === undefined ? {} : { claim }),
  steps: steps.map(stepWithoutEvidence),
});

const stepWithoutEvidence = ({ exchange, from, to, outcome, what, at, reason, certificateId }: Step): Step => ({
  ...{ exchange, from, to, outcome, what },
  ...(at === undefined ? {} : { at }),
  ...(reason === undefined ? {} : { reason }),
  ...(certificateId === undefined ? {} : { certificateId }),
});
